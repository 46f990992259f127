/** Which codes in the camera's view are new: a code is told once while it stays in view. */

/** A code unseen for so long has left, even if the camera looked seldom. */
export const AGAIN_MS = 1500;
/** A code that so many passes missed, a thorough one among them, has left the view. */
export const MISSED_PASSES = 4;
/** Blur while a hand shakes is shorter. */
export const BLUR_MS = 400;

export class SeenCodes {
    constructor() {
        /** @type {Map<string, {time: number, missed: number, missedThoroughly: boolean}>} */
        this._seen = new Map();
    }

    /**
     * Take what one pass found.
     *
     * @template {{key: string}} Found
     * @param {Found[]} found
     * @param {number} time in ms, of the picture
     * @param {boolean} thorough
     * @returns {Found[]} those to tell
     */
    take(found, time, thorough) {
        const keys = new Set(found.map((one) => one.key));
        const fresh = found.filter(
            (one, at) =>
                this._isNew(one.key, time) && found.findIndex(({ key }) => key === one.key) === at
        );
        for (const [key, state] of this._seen) {
            if (!keys.has(key)) {
                state.missed++;
                state.missedThoroughly ||= thorough;
                this._forgetOld(key, state, time);
            }
        }
        for (const key of keys) {
            this._seen.set(key, { time, missed: 0, missedThoroughly: false });
        }
        return fresh;
    }

    /** Forget all: the camera was moved to another task. */
    clear() {
        this._seen.clear();
    }

    _isNew(key, time) {
        const state = this._seen.get(key);
        return !state || this._hasLeft(state, time);
    }

    _hasLeft({ time: lastTime, missed, missedThoroughly }, time) {
        const away = time - lastTime;
        return away >= AGAIN_MS || (missed >= MISSED_PASSES && missedThoroughly && away >= BLUR_MS);
    }

    _forgetOld(key, state, time) {
        if (this._hasLeft(state, time)) {
            this._seen.delete(key);
        }
    }
}
