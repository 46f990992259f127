/**
 * Retail codes: EAN-8, EAN-13, UPC-A, UPC-E, GTIN-14. Check digits, and the forms under
 * which one article may have been typed into the catalogue.
 */

import { splitSymbology, withoutSeparators } from "./symbology.js";

const DIGITS = /^\d+$/;
const LENGTHS = [8, 12, 13, 14];

/**
 * Return the check digit of a GS1 key (weights 3, 1 from the right).
 *
 * @param {string} body digits without the check digit
 * @returns {string}
 */
export function checkDigit(body) {
    let sum = 0;
    for (let at = 0; at < body.length; at++) {
        sum += Number(body[body.length - 1 - at]) * (at % 2 ? 1 : 3);
    }
    return String((10 - (sum % 10)) % 10);
}

/**
 * Tell whether the last digit is the right check digit.
 *
 * @param {string} code
 * @returns {boolean}
 */
export function hasRightCheckDigit(code) {
    return code.length > 1 && DIGITS.test(code) && checkDigit(code.slice(0, -1)) === code.at(-1);
}

/**
 * Write a UPC-E code as the UPC-A code that it abridges.
 *
 * @param {string} code 8 digits (number system, six digits, check digit), 7 without the
 *     check digit or 6 without the number system too
 * @returns {string | null} 12 digits; null if it is no UPC-E code
 */
export function expandUpcE(code) {
    if (!DIGITS.test(code) || code.length < 6 || code.length > 8) {
        return null;
    }
    const system = code.length === 6 ? "0" : code[0];
    if (system !== "0" && system !== "1") {
        return null;
    }
    const body = code.length === 6 ? code : code.slice(1, 7);
    const long = `${system}${spreadUpcE(body)}`;
    const digit = checkDigit(long);
    return code.length === 8 && code[7] !== digit ? null : long + digit;
}

/** Spread six digits to the ten that the last of them tells (GS1 General Specifications 5.2.2.4). */
function spreadUpcE(body) {
    const last = body[5];
    if (last <= "2") {
        return `${body.slice(0, 2)}${last}0000${body.slice(2, 5)}`;
    }
    if (last === "3") {
        return `${body.slice(0, 3)}00000${body.slice(3, 5)}`;
    }
    if (last === "4") {
        return `${body.slice(0, 4)}00000${body[4]}`;
    }
    return `${body.slice(0, 5)}0000${last}`;
}

/**
 * Return a GTIN with its 14 digits.
 *
 * @param {string} code 8, 12, 13 or 14 digits
 * @returns {string | null} null if the length or the check digit is wrong
 */
export function gtin14(code) {
    return LENGTHS.includes(code.length) && hasRightCheckDigit(code)
        ? code.padStart(14, "0")
        : null;
}

/**
 * List the forms of a retail code under which its article may be stored: as scanned first,
 * then with 14, 13, 12 and 8 digits, as far as only zeros are lost, then a spread UPC-E.
 *
 * @param {string} code
 * @param {{upcE?: boolean}} [options] upcE: the scanner says that it is a UPC-E code, which
 *     then is no EAN-8
 * @returns {string[]} just the code itself if it is no GTIN
 */
export function gtinForms(code, { upcE = false } = {}) {
    const forms = new Set([code]);
    const spread = upcE || code.length === 6 || isMaybeUpcE(code) ? expandUpcE(code) : null;
    const readings = [upcE ? null : gtin14(code), spread && gtin14(spread)];
    for (const gtin of readings) {
        for (const length of gtin ? [14, 13, 12, 8] : []) {
            if (/^0*$/.test(gtin.slice(0, 14 - length))) {
                forms.add(gtin.slice(14 - length));
            }
        }
    }
    return [...forms];
}

function isMaybeUpcE(code) {
    return code.length === 8 && !hasRightCheckDigit(code);
}

/**
 * Return the one text by which two readings of the same symbol are equal: some readers
 * give a UPC-A code with 12 digits, others with 13; some name the symbology, others not.
 *
 * @param {string} text
 * @param {string} [format] as in `FORMATS` of `symbology.js`
 * @returns {string}
 */
export function sameCodeKey(text, format = "") {
    if (["ean13", "ean8", "upca", "upce", "itf"].includes(format)) {
        const spread = format === "upce" ? expandUpcE(text) : null;
        return gtin14(spread ?? text) ?? text;
    }
    return withoutSeparators(splitSymbology(text).text);
}
