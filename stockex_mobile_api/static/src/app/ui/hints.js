import { Component, onWillStart, useState } from "@odoo/owl";

import { more } from "./more.js";

/** What a new user or a new device needs to know; with the second bundle, and never missed. */
export class Hints extends Component {
    static template = "stockex_mobile_api.ScanHints";
    static props = { services: Object, turn: Number, counts: Number };

    setup() {
        this.state = useState({ part: null });
        onWillStart(() => {
            // The screen does not wait for it.
            more("hints/hints").then(
                ({ HintList }) => Object.assign(this.state, { part: HintList }),
                () => undefined
            );
        });
    }
}
