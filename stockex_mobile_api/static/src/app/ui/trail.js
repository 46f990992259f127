/** The screens that led here: "back" of the application and of the device do the same. */

export class Trail {
    /** @param {string} hash of the first screen */
    constructor(hash) {
        this.hashes = [hash];
    }

    /** The address is another one: a step on, or a step back. */
    follow(hash) {
        if (this.hashes.at(-2) === hash) {
            this.hashes.pop();
        } else {
            this.hashes.push(hash);
        }
    }

    /**
     * Say how to reach a screen of the bar at the bottom, beside which the others stand: back,
     * if one came from it, else in the place of the present one.
     *
     * @param {string} hash
     * @returns {"back" | "replace"}
     */
    way(hash) {
        if (this.hashes.at(-2) === hash) {
            return "back";
        }
        this.hashes.pop();
        return "replace";
    }
}
