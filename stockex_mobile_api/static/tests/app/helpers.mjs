/** What several tests of plain modules need. */

import { existsSync, readFileSync } from "node:fs";

/**
 * A generator of numbers with a seed (mulberry32): a failure can be repeated.
 *
 * @param {number} seed
 * @returns {() => number} from 0 up to 1
 */
export function seeded(seed) {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

export function pick(random, choices) {
    return choices[Math.floor(random() * choices.length)];
}

/** Digits at random. */
export function digits(random, length) {
    return Array.from({ length }, () => Math.floor(random() * 10)).join("");
}

/** Where the standards lie, with a slash at the end. */
export const STANDARDS = process.env.STOCKEX_STANDARDS
    ? new URL(`file://${process.env.STOCKEX_STANDARDS}/`)
    : new URL("../../../../../shared/standards/", import.meta.url);

/**
 * Read a file of the standards kept beside the project.
 *
 * @param {string} name
 * @returns {string | null} null where they are not kept
 */
export function standard(name) {
    const url = new URL(name, STANDARDS);
    return existsSync(url) ? readFileSync(url, "utf8") : null;
}
