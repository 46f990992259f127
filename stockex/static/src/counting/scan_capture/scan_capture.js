/**
 * Tells a wedge scanner from a person typing, by the time between keys.
 *
 * No DOM here: feed it keys, it answers what to do. A scanner sends its characters a few
 * milliseconds apart and ends with Enter or Tab; nobody types that fast for long.
 */

export const MAX_KEY_GAP_MS = 60;
export const MIN_LENGTH = 4;

export class ScanCapture {
    constructor({ maxKeyGapMs = MAX_KEY_GAP_MS, minLength = MIN_LENGTH } = {}) {
        this.maxKeyGapMs = maxKeyGapMs;
        this.minLength = minLength;
        this.reset();
    }

    reset() {
        this.buffer = "";
        this.lastAt = -Infinity;
    }

    /** Whether the last key may have been the first of a scan. */
    get isStart() {
        return this.buffer.length === 1;
    }

    /**
     * @param {string} key as in KeyboardEvent.key
     * @param {number} at milliseconds, any origin
     * @returns {string|null} the barcode when this key ends one
     */
    push(key, at) {
        const fast = at - this.lastAt <= this.maxKeyGapMs;
        if (key === "Shift") {
            // A scanner holds it for capitals, between two characters.
            return null;
        }
        this.lastAt = at;
        if (key === "Enter" || key === "Tab") {
            const barcode = fast && this.buffer.length >= this.minLength ? this.buffer : null;
            this.buffer = "";
            return barcode;
        }
        if (key.length !== 1) {
            return null;
        }
        this.buffer = fast ? this.buffer + key : key;
        return null;
    }
}
