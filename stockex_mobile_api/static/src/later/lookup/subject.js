/** What is looked up: a code or name as it came in, or a record by its kind and id. */

import { expandUpcE } from "../../app/scan/codes.js";
import { readGs1 } from "../../app/scan/gs1.js";
import { splitSymbology } from "../../app/scan/symbology.js";

export const KINDS = ["product", "lot", "location", "package"];
/** The longest text that the server reads as a code. */
export const MOST_SIGNS = 500;
const MOST_PART = 90;
const LARGEST_ID = 2 ** 31 - 1;

/**
 * @typedef {object} Subject
 * @property {string} kind `code` or one of `KINDS`
 * @property {number} [id]
 * @property {string} [text] of a code, as the scanner gave it
 * @property {string} [format] as the camera knows it
 * @property {boolean} [typed] a person wrote it: it may be a part of a name
 */

/**
 * Read what an address asks for, `#lookup?location=5`.
 *
 * @param {Object<string, string>} params
 * @returns {?Subject} null: nothing yet, or nothing that there could be
 */
export function subjectOf(params) {
    if (params.code?.trim()) {
        const { code: text, format = "", typed } = params;
        return { kind: "code", text, format, typed: typed === "1" };
    }
    const kind = KINDS.find((one) => params[one]);
    const id = Number(params[kind]);
    return kind && Number.isInteger(id) && id > 0 && id <= LARGEST_ID ? { kind, id } : null;
}

/** Return the address's parameters of a scan. */
export function paramsOfScan({ text, format, source }) {
    return { code: text, ...(format && { format }), ...(source === "pad" && { typed: "1" }) };
}

/**
 * Return what the server is asked.
 *
 * @param {Subject} subject
 * @returns {?Object} null if the text is longer than any code
 */
export function questionOf(subject) {
    if (subject.kind !== "code") {
        return { [subject.kind]: subject.id };
    }
    const { isGs1, text } = splitSymbology(subject.text.trim());
    const code = isGs1 ? subject.text.trim() : text;
    if (!code || code.length > MOST_SIGNS || code.includes("\0")) {
        return null;
    }
    const gs1 = labelOf(subject);
    return { code, ...(gs1 && { gs1 }), ...(subject.typed && { typed: true }) };
}

/** Read in a code what the server does not read by itself: Digital Links, UPC-E. */
function labelOf({ text, format }) {
    const upcA = format === "upce" ? expandUpcE(text) : null;
    const gs1 = upcA ? { gtin: upcA.padStart(14, "0") } : readGs1(text);
    const parts = ["gtin", "lot", "serial", "sscc", "gln"]
        .map((name) => [name, gs1?.[name]])
        .filter(([, value]) => value && value.length <= MOST_PART);
    return parts.length ? Object.fromEntries(parts) : null;
}

/**
 * Say what a label tells beside the thing that it names.
 *
 * @param {?Subject} subject
 * @param {?Object} card
 * @returns {{name: string, value: string}[]} `new_lot`: nobody knows the lot on it;
 *     `other_date`: it expires on another day than the lot we know; `quantity`: how many it
 *     says are in there
 */
export function notesOf(subject, card) {
    const gs1 = subject?.kind === "code" && card ? readGs1(subject.text) : null;
    if (!gs1) {
        return [];
    }
    const lot = gs1.lot ?? gs1.serial;
    const isTracked = card.kind === "product" && card.tracking !== "none";
    const known = card.kind === "lot" && card.expires ? card.expires.slice(0, 10) : null;
    const notes = {
        new_lot: isTracked ? lot : null,
        other_date: known && gs1.expires && gs1.expires !== known ? gs1.expires : null,
        quantity: gs1.quantity ? String(gs1.quantity) : null,
    };
    return Object.entries(notes)
        .filter(([, value]) => value)
        .map(([name, value]) => ({ name, value }));
}
