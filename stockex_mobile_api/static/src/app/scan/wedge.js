/**
 * A scanner that types like a keyboard: tell its bursts from a person's typing.
 *
 * Signs are held back until it is clear who typed them. A burst is a scan if it ends by
 * Enter or Tab, or by silence; else the text goes back to the field that has the focus.
 */

import { GS } from "./symbology.js";
import { meaningOf, signOfNumber, textOf } from "./wedge_keys.js";

/**
 * Silence after which a burst is over. Bluetooth scanners pause up to 40 ms between signs.
 */
export const GAP_MS = 60;
/** Shorter bursts are typing. */
export const LEAST_SIGNS = 3;
/**
 * In a field, a burst that ends without Enter must have been this fast on average: two
 * quick fingers reach 60 ms over three signs.
 */
export const FIELD_PACE_MS = 40;
/** An Enter this long after a scan that silence ended is the scanner's: it presses no button. */
export const LATE_END_MS = 200;

/**
 * @typedef {object} Answer
 * @property {boolean} swallow the key must do nothing else
 * @property {string} giveBack text that a person typed: to be put into the field before the
 *     key does what it does
 */

/** Reads keys with their times and calls `onCode` with each scan. */
export class WedgeReader {
    /**
     * @param {object} options
     * @param {(code: string) => void} options.onCode
     * @param {number} [options.gapMs]
     * @param {number} [options.leastSigns]
     */
    constructor({ onCode, gapMs = GAP_MS, leastSigns = LEAST_SIGNS }) {
        this.onCode = onCode;
        this.gapMs = gapMs;
        this.leastSigns = leastSigns;
        this._scanTime = -Infinity;
        this._forget();
    }

    /** Whether signs are held back: then `poll` must be called after the gap. */
    get isHolding() {
        return this._signs.length > 0 || this._altDigits !== "";
    }

    /**
     * Take a key that went down.
     *
     * @param {import("./wedge_keys.js").Key} event
     * @param {number} time in ms, when the key was pressed, not when it is handled
     * @param {boolean} [inField] the focus is where text can be typed
     * @returns {Answer}
     */
    press(event, time, inField = false) {
        const giveBack = this.poll(time);
        // The system repeats a held key after 250 ms at the earliest: never inside a burst.
        const meaning = event.repeat && !this.isHolding ? "other" : meaningOf(event);
        if (meaning !== "alt") {
            this._endAlt();
        }
        const { swallow, giveBack: more } = this[`_${meaning}`](event, time, inField);
        return { swallow, giveBack: giveBack + more };
    }

    /**
     * Take a key that went up: Alt ends a sign typed by its number.
     *
     * @param {import("./wedge_keys.js").Key} event
     */
    release(event) {
        if (event.key === "Alt") {
            this._endAlt();
        }
    }

    /**
     * Look at the clock: silence ends a burst.
     *
     * @param {number} time
     * @returns {string} text to give back to the field
     */
    poll(time) {
        if (!this.isHolding || time - this._lastTime <= this.gapMs) {
            return "";
        }
        this._endAlt();
        return this._isScan() ? this._emit() : this._giveUp();
    }

    /**
     * The focus leaves the field: what is too short for a scan was typed.
     *
     * @returns {string} text to give back to the field
     */
    leave() {
        return this._signs.length < this.leastSigns ? this._giveUp() : "";
    }

    _sign(event, time, inField) {
        const wasHolding = this.isHolding;
        this._take(event.key, event, time, inField);
        // Outside fields a first sign may be a shortcut of the page: it keeps its effect.
        return { swallow: inField || wasHolding, giveBack: "" };
    }

    _separator(event, time, inField) {
        if (event.key === "F8" && !this.isHolding) {
            return { swallow: false, giveBack: "" };
        }
        this._take(GS, null, time, inField);
        return { swallow: true, giveBack: "" };
    }

    _alt(event, time, inField) {
        this._altDigits += event.code.slice(-1);
        this._touch(time, inField);
        return { swallow: true, giveBack: "" };
    }

    _modifier(event, time) {
        if (this.isHolding) {
            this._lastTime = time;
        }
        return { swallow: false, giveBack: "" };
    }

    _end(event, time) {
        if (this._signs.length >= this.leastSigns) {
            this._emit();
            return { swallow: true, giveBack: "" };
        }
        const isLate = !this.isHolding && time - this._scanTime <= LATE_END_MS;
        return { swallow: isLate, giveBack: this._giveUp() };
    }

    _other() {
        return { swallow: false, giveBack: this._giveUp() };
    }

    _take(text, event, time, inField) {
        this._signs.push({ text, event });
        this._touch(time, inField);
    }

    _touch(time, inField) {
        this._firstTime ??= time;
        this._lastTime = time;
        this._inField ??= inField;
    }

    _endAlt() {
        const text = signOfNumber(this._altDigits);
        this._altDigits = "";
        if (text) {
            this._signs.push({ text, event: null });
        }
    }

    _isScan() {
        const gaps = this._signs.length - 1;
        const pace = (this._lastTime - this._firstTime) / Math.max(gaps, 1);
        return this._signs.length >= this.leastSigns && (!this._inField || pace <= FIELD_PACE_MS);
    }

    _emit() {
        const code = textOf(this._signs);
        this._scanTime = this._lastTime;
        this._forget();
        this.onCode(code);
        return "";
    }

    _giveUp() {
        const text = this._signs
            .filter(({ event }) => event)
            .map((sign) => sign.text)
            .join("");
        this._forget();
        return text;
    }

    _forget() {
        this._signs = [];
        this._altDigits = "";
        this._firstTime = null;
        this._lastTime = 0;
        this._inField = null;
    }
}
