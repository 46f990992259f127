import { Component, useState } from "@odoo/owl";

import { more, ready } from "./more.js";

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
        const { path, name } = this.props;
        // Shown with the screen if it can be: each later rendering costs a frame.
        this.state = useState({ part: ready(path)?.[name] ?? null, missing: false });
        if (!this.state.part) {
            this.load();
        }
    }

    async load() {
        try {
            this.state.part = (await more(this.props.path))[this.props.name];
        } catch {
            this.state.missing = true;
        }
    }
}
