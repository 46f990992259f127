/** The scale that is bound to this device: read while a screen shows it. */

import { SerialScale } from "./scale_port.js";

/** MT-SICS scales tell their weight when they are asked. */
const ASK_EVERY_MS = 700;

export class BoundScale {
    /**
     * @param {Object} parts
     * @param {?Serial} parts.serial
     * @param {() => number} parts.now in ms
     * @param {() => void} parts.changed
     */
    constructor({ serial, now, changed }) {
        Object.assign(this, { now, changed, reading: null, at: 0, problem: "" });
        this.port = new SerialScale({
            serial,
            onReading: (reading) => this._take(reading),
            onEnd: (name) => this._end(name),
        });
        this.timer = null;
    }

    get isOpen() {
        return this.timer !== null;
    }

    /** Since when the reading is there, in ms. */
    get age() {
        return this.now() - this.at;
    }

    /**
     * Begin to read.
     *
     * @param {{baud?: number, ask?: boolean}} options ask: let the user choose a scale
     * @returns {Promise<string>} empty, or why not, as `SerialScale.open`
     */
    async open({ baud = 9600, ask = false } = {}) {
        if (this.isOpen) {
            return "";
        }
        this.problem = await this.port.open({ settings: { baudRate: baud }, ask });
        if (!this.problem) {
            this.timer = setInterval(() => this._ask(), ASK_EVERY_MS);
        }
        this.changed();
        return this.problem;
    }

    close() {
        clearInterval(this.timer);
        this.timer = null;
        this.reading = null;
        this.port.close();
    }

    _ask() {
        if (this.age >= ASK_EVERY_MS) {
            this.port.ask().catch(() => undefined);
        }
        // A weight that nobody renews becomes old on the screen as well.
        this.changed();
    }

    _take(reading) {
        this.reading = reading;
        this.at = this.now();
        this.changed();
    }

    _end(name) {
        clearInterval(this.timer);
        this.timer = null;
        this.reading = null;
        this.problem = name === "lost" ? "lost" : this.problem;
        this.changed();
    }
}
