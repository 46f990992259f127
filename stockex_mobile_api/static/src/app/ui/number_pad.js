import { Component, onMounted, useRef, useState } from "@odoo/owl";

const LONGEST = 9;

/** A number pad for a thumb; a keyboard does as well. Enter takes the number, Escape does not. */
export class NumberPad extends Component {
    static template = "stockex_mobile_api.ScanNumberPad";
    static props = { title: String, unit: String, close: Function };

    setup() {
        this.state = useState({ text: "" });
        this.box = useRef("box");
        onMounted(() => this.box.el.focus());
    }

    get keys() {
        return ["7", "8", "9", "4", "5", "6", "1", "2", "3", ".", "0", "⌫"];
    }

    press(key) {
        if (key === "⌫") {
            this.state.text = this.state.text.slice(0, -1);
        } else if (
            key === "." ? !this.state.text.includes(".") : this.state.text.length < LONGEST
        ) {
            this.state.text += key;
        }
    }

    onKey(event) {
        const key = event.key === "," ? "." : event.key;
        if (/^[0-9.]$/.test(key)) {
            this.press(key);
        } else if (key === "Backspace") {
            this.press("⌫");
        } else if (key === "Enter") {
            this.take();
        } else if (key === "Escape") {
            this.props.close(null);
        } else {
            return;
        }
        event.preventDefault();
    }

    take() {
        const value = Number.parseFloat(this.state.text);
        if (Number.isFinite(value)) {
            this.props.close(value);
        }
    }
}
