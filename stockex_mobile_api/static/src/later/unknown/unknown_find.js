import { Component, useState } from "@odoo/owl";

/** A code that nobody here knows: kept for the controller, with a note or a photo. */
export class UnknownFind extends Component {
    static template = "stockex_mobile_api.ScanUnknownFind";
    static props = {
        text: String,
        hasPlace: Boolean,
        /** Called with the note, and whether a photo is wanted. */
        keep: Function,
        leave: Function,
    };

    setup() {
        this.state = useState({ note: "" });
    }
}
