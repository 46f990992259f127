import { Component, useState } from "@odoo/owl";

import { _t } from "../../../app/ui/i18n.js";
import { ONLINE } from "../../../app/sync/engine.js";

/** Signing out, which would leave work behind that only this person can send. */
export class SignOut extends Component {
    static template = "stockex_mobile_api.ScanSignOut";
    static props = { services: Object, turn: Number };

    setup() {
        this.state = useState({ refused: false, busy: false, trouble: "" });
    }

    get unsent() {
        const { me, queue, photos } = this.props.services;
        const mine = (kept) => kept.user === me?.user.id;
        return queue.unsent.filter(mine).length + photos.unsent.filter(mine).length;
    }

    get notice() {
        return _t("Not yet sent: %(count)s.", { count: this.unsent });
    }

    async send() {
        const { services } = this.props;
        Object.assign(this.state, { busy: true, trouble: "" });
        await services.hello();
        this.state.busy = false;
        if (this.unsent) {
            this.state.trouble =
                services.engine.state === ONLINE
                    ? _t("Not everything was sent yet. Wait a moment and try again.")
                    : _t("The server is not reached. Your work is kept on this device.");
        }
    }

    signOut() {
        const { services } = this.props;
        this.state.refused = this.unsent > 0;
        if (this.state.refused) {
            return;
        }
        if (!services.window.navigator.onLine) {
            this.state.trouble = _t("Signing out needs a connection.");
            return;
        }
        services.window.location = "/web/session/logout?redirect=/stockex/scan";
    }
}
