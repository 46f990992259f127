/**
 * Several codes in one view: which of them is counted at once, and when the user chooses.
 * A code that is alone in view is told as soon as that is sure; of several, none is.
 */

import { sameCodeKey } from "../../app/scan/codes.js";
import { SeenCodes } from "./seen.js";

/** A quick pass may see one of two codes: a code is alone if no other comes for so long. */
export const ALONE_MS = 300;

/** @typedef {import("../../app/worker/decoder.js").Code} Code */

export class Several {
    constructor() {
        this.seen = new SeenCodes();
        /** Codes that came into view and were not told yet, by key. */
        this.held = new Map();
        /** What the user chooses from, by key; null while codes come one by one. */
        this.tray = null;
    }

    /**
     * Take what one picture shows.
     *
     * @param {Code[]} codes
     * @param {number} time in ms, of the picture
     * @param {boolean} thorough
     * @returns {Code | null} a code that is alone: to be counted now
     */
    take(codes, time, thorough) {
        const keyed = codes.map((code) => ({ code, key: keyOf(code) }));
        const views = new Map(keyed.map(({ code, key }) => [key, code]));
        for (const { code, key } of this.seen.take(keyed, time, thorough)) {
            this.held.set(key, { code, since: time });
        }
        if (
            this.tray ||
            (this.held.size && new Set([...views.keys(), ...this.held.keys()]).size > 1)
        ) {
            this._lay(views);
            return null;
        }
        return this._alone(views, time, thorough);
    }

    /** Return what the user chooses from: the code, and whether it was taken. */
    get choices() {
        return [...(this.tray ?? [])].map(([key, { code, done }]) => ({ key, code, done }));
    }

    /**
     * Take one of the choices, once.
     *
     * @returns {Code | null} null if it was taken already
     */
    choose(key) {
        const choice = this.tray?.get(key);
        if (!choice || choice.done) {
            return null;
        }
        choice.done = true;
        const { code } = choice;
        if ([...this.tray.values()].every((one) => one.done)) {
            this.leave();
        }
        return code;
    }

    /** Take all that is left. */
    all() {
        return [...(this.tray?.keys() ?? [])].map((key) => this.choose(key)).filter(Boolean);
    }

    /** Take none of the rest; what is still in view is new only after it left. */
    leave() {
        this.tray = null;
        this.held.clear();
    }

    /** Put what is in view before the user; what was told before is marked as done. */
    _lay(views) {
        this.tray ??= new Map(
            [...views].map(([key, code]) => [key, { code, done: !this.held.has(key) }])
        );
        for (const [key, { code }] of this.held) {
            // One that was taken, left the view and came again was still taken.
            if (!this.tray.has(key)) {
                this.tray.set(key, { code, done: false });
            }
        }
        this.held.clear();
    }

    _alone(views, time, thorough) {
        const [first] = this.held;
        if (!first) {
            return null;
        }
        const [key, { code, since }] = first;
        if (time - since < ALONE_MS && !(thorough && views.has(key) && time > since)) {
            return null;
        }
        this.held.delete(key);
        return code;
    }
}

export function keyOf(code) {
    return sameCodeKey(code.text, code.format);
}
