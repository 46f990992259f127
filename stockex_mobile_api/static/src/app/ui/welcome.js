import { Component } from "@odoo/owl";

import { OFFLINE, SIGNED_OUT } from "../sync/engine.js";

/** A device that nobody signed in on yet: one button, or why there is none. */
export class Welcome extends Component {
    static template = "stockex_mobile_api.ScanWelcome";
    static props = { services: Object, turn: Number };

    get is() {
        const { state } = this.props.services.engine;
        return { signedOut: state === SIGNED_OUT, offline: state === OFFLINE };
    }
}
