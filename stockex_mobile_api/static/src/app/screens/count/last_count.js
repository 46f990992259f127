import { Component } from "@odoo/owl";

import { quantity } from "../../ui/i18n.js";

/** What was counted last, to be corrected with the thumb. */
export class LastCount extends Component {
    static template = "stockex_mobile_api.ScanLastCount";
    static props = { last: Object, step: Function, type: Function, photo: Function };

    get amount() {
        const { last } = this.props;
        return last.quantity === null ? "–" : quantity(last.quantity);
    }

    get unit() {
        return this.props.last.target.product?.uom.name ?? "";
    }
}
