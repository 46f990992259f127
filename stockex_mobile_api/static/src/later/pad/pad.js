import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";

import { gtinForms } from "../../app/scan/codes.js";
import { splitSymbology } from "../../app/scan/symbology.js";
import { _t, locale, quantity } from "../../app/ui/i18n.js";
import { useSheet } from "../../app/ui/sheet.js";
import { readAmount, sumOf, wayOfCode, waysOf } from "./amount.js";

/** How the user's language writes a decimal point. */
function decimalSign() {
    const parts = new Intl.NumberFormat(locale()).formatToParts(1.5);
    return parts.find((part) => part.type === "decimal")?.value ?? ".";
}

/**
 * A number pad for a thumb, for pieces and packagings; a keyboard does as well, and a scanned
 * packaging adds one. Enter takes the number, Escape does not.
 */
export class Pad extends Component {
    static template = "stockex_mobile_api.ScanPad";
    static props = {
        title: String,
        product: Object,
        services: Object,
        /** Called with `{quantity, parts}`, or null. */
        close: Function,
        photo: { type: Function, optional: true },
    };

    setup() {
        const { product, services } = this.props;
        const fields = waysOf(product).map((way) => ({ ...way, text: "" }));
        this.state = useState({ fields, active: 0, problem: "" });
        this.box = useRef("box");
        useSheet(this.box, () => this.props.close(null));
        this.sign = decimalSign();
        this.stop = services.scan.on((scan) => this.onScan(scan));
        onMounted(() => this.focus());
        onWillUnmount(() => this.stop());
    }

    get digits() {
        return this.props.services.me?.digits?.quantity ?? 3;
    }

    get keys() {
        return ["7", "8", "9", "4", "5", "6", "1", "2", "3", this.sign, "0", "⌫"];
    }

    /** What a screen reader says of a key. */
    labelOf(key) {
        return key === "⌫" ? _t("Delete") : key;
    }

    get sum() {
        return sumOf(this.state.fields, {
            digits: this.digits,
            tracking: this.props.product.tracking,
        });
    }

    get unit() {
        return this.props.product.uom.name;
    }

    get shownSum() {
        return quantity(this.sum.quantity ?? 0, this.digits);
    }

    focus() {
        this.inputs[this.state.active]?.focus({ preventScroll: true });
    }

    get inputs() {
        return this.box.el.querySelectorAll("input");
    }

    label(field) {
        return field.each === 1
            ? field.name
            : _t("%(name)s (%(each)s %(unit)s)", {
                  name: field.name,
                  each: quantity(field.each),
                  unit: this.unit,
              });
    }

    /** Take a text into a field if it is a number, else say what is wrong with it. */
    write(index, text) {
        const { problem } = readAmount(text, this.digits);
        this.state.problem = problem;
        if (!problem) {
            // What a person reads has no zero before a number.
            this.state.fields[index].text = text.replace(/^0+(?=\d)/, "").replace(/^(?=[.,])/, "0");
        }
    }

    press(key) {
        const { active, fields } = this.state;
        const { text } = fields[active];
        this.write(active, key === "⌫" ? text.slice(0, -1) : text + key);
        this.focus();
    }

    onInput(index, input) {
        this.write(index, input.value);
        input.value = this.state.fields[index].text;
    }

    onKey(event) {
        if (event.key === "Escape") {
            this.props.close(null);
        }
    }

    /** A code of this very product counts one more; any other waits until this is settled. */
    onScan({ text }) {
        const { product, services } = this.props;
        const codes = gtinForms(splitSymbology(text.trim()).text, {});
        const index = wayOfCode(product, this.state.fields, codes);
        if (index < 0) {
            services.feedback.wrong();
            this.state.problem = "scan";
            return;
        }
        services.feedback.right();
        const { value } = readAmount(this.state.fields[index].text, this.digits);
        this.state.active = index;
        this.write(index, String((value ?? 0) + 1));
    }

    get trouble() {
        const names = { digits: this.digits, unit: this.unit };
        const texts = {
            negative: _t("A quantity is zero or more."),
            two_points: _t("A number has one decimal point."),
            sign: _t("Only digits and a decimal point."),
            digits: _t("At most %(digits)s decimals.", names),
            large: _t("This is too much: a quantity is below 1,000,000,000."),
            sum_digits: _t("The sum has more than %(digits)s decimals of %(unit)s.", names),
            serial: _t("A serial number is one piece: 0 or 1."),
            scan: _t("Set or cancel this quantity first. The other code was not counted."),
        };
        return texts[this.state.problem || this.sum.problem] ?? "";
    }

    take() {
        const { quantity: amount, parts, problem } = this.sum;
        if (amount !== null && !problem) {
            this.props.close({ quantity: amount, parts });
        }
    }
}
