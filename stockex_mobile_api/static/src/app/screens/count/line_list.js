import { Component } from "@odoo/owl";

import { amountOf, nameOf } from "./texts.js";

/** What is expected in a place, open lines first. */
export class LineList extends Component {
    static template = "stockex_mobile_api.ScanLineList";
    static props = { lines: Array, choose: Function };

    name(target) {
        return nameOf(target);
    }

    amount(target) {
        return amountOf(target);
    }
}
