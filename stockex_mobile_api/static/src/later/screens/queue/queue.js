import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

import { _t, locale, quantity } from "../../../app/ui/i18n.js";
import { SCREEN_PROPS } from "../../../app/ui/router.js";

/** What was not sent yet, and what the server asks about: nothing is hidden, nothing is lost. */
export class Queue extends Component {
    static template = "stockex_mobile_api.ScanQueue";
    static props = SCREEN_PROPS;

    setup() {
        this.state = useState({ waiting: [], troubles: [] });
        onWillStart(() => this.load());
        onWillUpdateProps(() => this.load());
    }

    async load() {
        const { queue, me } = this.props.services;
        const troubles = await queue.troubles();
        this.state.waiting = queue.unsent.map((kept) => ({
            kept,
            text: this.describe(kept),
            foreign: me && kept.user !== me.user.id,
        }));
        this.state.troubles = troubles.map((kept) => ({ kept, text: this.describe(kept) }));
    }

    describe(kept) {
        const time = new Date(kept.at).toLocaleTimeString(locale());
        const what = kept.label || kept.body.code || kept.body.kind;
        const much = kept.shown === null ? "" : ` · ${quantity(kept.shown)}`;
        return `${time} · ${what}${much}`;
    }

    theirs(kept) {
        const { conflict } = kept.result;
        return conflict?.theirs == null
            ? _t("Somebody else counted here since.")
            : _t("Counted meanwhile: %(theirs)s. Yours: %(mine)s.", {
                  theirs: quantity(conflict.theirs),
                  mine: quantity(conflict.mine),
              });
    }

    async resolve(kept, choice) {
        const { services } = this.props;
        await services.act({ kind: "resolve", session: kept.body.session, of: kept.op, choice });
        await services.queue.dismiss(kept);
    }

    send() {
        return this.props.services.hello();
    }
}
