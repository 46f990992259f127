import { Component, useState } from "@odoo/owl";

import { _t } from "../../app/ui/i18n.js";
import { stateOf, switchOff, switchOn } from "./subscribing.js";

/** The switch for messages to this device, and why it cannot be switched. */
export class Push extends Component {
    static template = "stockex_mobile_api.ScanPush";
    static props = { services: Object, turn: { type: Number, optional: true } };

    setup() {
        this.state = useState({ busy: false, trouble: "", where: stateOf(this.props.services) });
    }

    get where() {
        return this.state.busy ? this.state.where : stateOf(this.props.services);
    }

    get isOn() {
        return this.where === "on";
    }

    get reason() {
        const reasons = {
            install: _t(
                "On an iPhone or iPad, add this application to the home screen (Share, “Add to Home Screen”) and open it there: then it can notify you."
            ),
            unsupported: _t("This browser cannot notify you. Use Chrome, Edge, Firefox or Safari."),
            denied: _t(
                "Notifications are blocked for this application. Allow them in the settings of the browser or of the device, then come back."
            ),
        };
        return reasons[this.where] ?? "";
    }

    async toggle() {
        const { services } = this.props;
        const change = this.isOn ? switchOff : switchOn;
        this.state.busy = true;
        this.state.trouble = "";
        try {
            this.state.where = await change(services);
        } catch {
            this.state.trouble = _t(
                "That did not work now: the server or the browser's message service was not reached. Try again later."
            );
        }
        this.state.busy = false;
    }
}
