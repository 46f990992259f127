import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

import { _t, locale, quantity } from "../../../app/ui/i18n.js";
import { SCREEN_PROPS } from "../../../app/ui/router.js";
import { PhotoSheet } from "../../photo/photo_sheet.js";
import { sizeText } from "../../size_text.js";

/** What was not sent yet, and what the server asks about: nothing is hidden, nothing is lost. */
export class Queue extends Component {
    static template = "stockex_mobile_api.ScanQueue";
    static components = { PhotoSheet };
    static props = SCREEN_PROPS;

    setup() {
        this.state = useState({ waiting: [], photos: [], troubles: [], photo: null });
        onWillStart(() => this.load());
        onWillUpdateProps(() => this.load());
    }

    async load() {
        const { queue, photos, me } = this.props.services;
        const troubles = await queue.troubles();
        const shown = (kept) => ({
            kept,
            text: this.describe(kept),
            foreign: Boolean(me) && kept.user !== me.user.id,
        });
        this.state.waiting = queue.unsent.map(shown);
        this.state.photos = photos.unsent.map(shown);
        this.state.troubles = troubles.map(shown);
    }

    describe(kept) {
        const time = new Date(kept.at).toLocaleTimeString(locale());
        const what = kept.label || kept.body.code || kept.body.kind;
        const kind = kept.body.kind === "photo" ? ` · ${_t("Photo")}` : "";
        const much = kept.shown == null ? "" : ` · ${quantity(kept.shown)}`;
        return `${time} · ${what}${kind}${much}`;
    }

    size(kept) {
        return sizeText(kept.size);
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

    /** A picture shows the controller which of the two is right. */
    openPhoto(kept) {
        this.state.photo = {
            title: kept.label || kept.body.code || "",
            about: { session: kept.body.session, of: kept.op },
        };
    }

    get photo() {
        const close = () => (this.state.photo = null);
        return { ...this.state.photo, services: this.props.services, close };
    }

    send() {
        return this.props.services.hello();
    }
}
