import { WedgeReader } from "../../src/app/scan/wedge.js";

/** A reader with a field behind it, as the page has: what reaches the field is written. */
export class Desk {
    constructor(inField = false) {
        this.codes = [];
        this.field = "";
        this.passed = [];
        this.inField = inField;
        this.time = 1000;
        this.reader = new WedgeReader({ onCode: (code) => this.codes.push(code) });
    }

    key(key, more = {}, after = 8) {
        this.time += after;
        const event = typeof key === "string" ? { key, ...more } : key;
        const answer = this.reader.press(event, this.time, this.inField);
        this.field += answer.giveBack;
        if (!answer.swallow) {
            this.passed.push(event.key);
            this.field += this.inField && event.key.length === 1 && !event.ctrlKey ? event.key : "";
        }
        return answer;
    }

    type(text, after) {
        [...text].forEach((sign) => this.key(sign, {}, after));
    }

    scan(text, end = "Enter", after = 8) {
        this.type(text, after);
        if (end) {
            this.key(end, {}, after);
        }
    }

    wait(ms) {
        this.time += ms;
        this.field += this.reader.poll(this.time);
    }
}
