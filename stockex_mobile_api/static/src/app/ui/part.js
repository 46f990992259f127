import { Component, useState } from "@odoo/owl";

import { more } from "./more.js";

/** A part of a screen that comes with the second bundle; the screen does not wait for it. */
export class Part extends Component {
    static template = "stockex_mobile_api.ScanPart";
    static props = {
        path: String,
        name: String,
        with: Object,
        /** What to do if the part cannot be had: a sheet has to close. */
        gone: { type: Function, optional: true },
    };

    setup() {
        this.state = useState({ part: null, missing: false });
        this.load();
    }

    async load() {
        try {
            this.state.part = (await more(this.props.path))[this.props.name];
        } catch {
            this.state.missing = true;
        }
    }
}
