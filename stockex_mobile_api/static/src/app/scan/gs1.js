/**
 * GS1 element strings (GS1-128, DataMatrix, DataBar, QR) and what they say.
 *
 * Bad data never raise: they are named in `errors`, and what could be read is still given.
 * Names: `unknown_ai`, `too_short`, `too_long`, `bad_character`, `bad_check_digit`,
 * `bad_date`, `contradiction` (one identifier twice with two values), `empty`,
 * `bad_encoding` and `bad_order` (Digital Links).
 */

import { hasRightCheckDigit } from "./codes.js";
import { readDate } from "./gs1_dates.js";
import { readLink } from "./gs1_link.js";
import { ruleAt } from "./gs1_table.js";
import { plainValues } from "./gs1_values.js";
import { GS, splitSymbology, unifySeparators, withoutSeparators } from "./symbology.js";

/** Beyond the 82 signs of the standard, labels in use carry "#" or "$" in a lot: they are read. */
const SIGNS = { N: /^\d*$/, X: /^[\x20-\x7e]*$/, Y: /^[#\-/0-9A-Z]*$/, Z: /^[A-Za-z0-9_=-]*$/ };

/** The largest symbol, a QR code of version 40, holds 7089 digits. */
const MOST_SIGNS = 7200;

/**
 * @typedef {object} Gs1Error
 * @property {string} name
 * @property {string} ai
 * @property {string} value
 */

/**
 * @typedef {object} Gs1
 * @property {"elements" | "link"} form
 * @property {Record<string, string>} ais the data by identifier, the wrong ones too
 * @property {Gs1Error[]} errors
 * @property {string | null} gtin 14 digits
 * @property {boolean} isContent the GTIN is of what lies inside (02)
 * @property {string | null} variant
 * @property {string | null} lot
 * @property {string | null} serial
 * @property {string | null} expires YYYY-MM-DD
 * @property {string | null} bestBefore
 * @property {string | null} produced
 * @property {string | null} packed
 * @property {number | null} quantity pieces (30) or trade items (37)
 * @property {import("./gs1_values.js").Measure | null} weight
 * @property {import("./gs1_values.js").Measure[]} measures
 * @property {{value: number, currency: string | null, isForThisWeight: boolean} | null} price
 * @property {string | null} sscc 18 digits
 * @property {string | null} gln 13 digits, of a location (414)
 * @property {string | null} glnExtension
 * @property {string | null} asset
 */

/**
 * Read a scan as GS1 data: element strings with or without symbology identifier, the form
 * for people with brackets, or a Digital Link.
 *
 * @param {string} scan
 * @param {{thisYear?: number}} [options]
 * @returns {Gs1 | null} null if the scan does not claim to be GS1 data
 */
export function readGs1(scan, { thisYear = new Date().getFullYear() } = {}) {
    if (scan.length > MOST_SIGNS) {
        return null;
    }
    const split = splitSymbology(unifySeparators(scan.trim()));
    const link = readLink(split.text, (ai, value) => checkData(ruleAt(ai), value, thisYear));
    if (link) {
        return { form: "link", ...sound(link, thisYear), ...link };
    }
    const says = split.isGs1 || split.text.includes(GS) || /^\(\d{2,4}\)/.test(split.text);
    const found = readElements(split.text, thisYear);
    if (!says && (found.errors.length || !isKey(found.ais))) {
        return null;
    }
    return { form: "elements", ...sound(found, thisYear), ...found };
}

/** A number with a wrong check digit is not offered as the article's number. */
function sound({ ais, errors }, thisYear) {
    const wrong = new Set(errors.map((error) => error.ai));
    const good = Object.fromEntries(Object.entries(ais).filter(([ai]) => !wrong.has(ai)));
    return plainValues(good, thisYear);
}

/** Digits alone are GS1 data only if a key leads them: else any number would be. */
function isKey(ais) {
    return ["00", "01", "02"].some((ai) => ai in ais);
}

/**
 * Part element strings into their identifiers.
 *
 * @param {string} text FNC1 as 0x1D, without symbology identifier
 * @param {number} thisYear
 * @returns {{ais: Record<string, string>, errors: Gs1Error[]}}
 */
export function readElements(text, thisYear) {
    const bracketed = /^\(\d{2,4}\)/.test(text) ? fromBrackets(text) : text;
    const ais = {};
    const errors = [];
    let rest = withoutSeparators(bracketed);
    if (!rest) {
        errors.push({ name: "empty", ai: "", value: text });
    }
    while (rest) {
        const rule = ruleAt(rest);
        if (!rule) {
            errors.push({ name: "unknown_ai", ai: rest.slice(0, 4), value: rest });
            // Where an unknown identifier ends, only the next separator tells.
            rest = afterSeparator(rest);
            continue;
        }
        const value = dataOf(rule, rest.slice(rule.ai.length));
        rest = withoutSeparators(rest.slice(rule.ai.length + value.length));
        errors.push(...checkData(rule, value, thisYear));
        keep(ais, errors, rule.ai, value);
    }
    return { ais, errors };
}

function keep(ais, errors, ai, value) {
    if (ai in ais && ais[ai] !== value) {
        errors.push({ name: "contradiction", ai, value });
    } else if (value) {
        ais[ai] = value;
    }
}

function afterSeparator(text) {
    const at = text.indexOf(GS);
    return at < 0 ? "" : withoutSeparators(text.slice(at));
}

/** A length known beforehand counts signs; else the data go up to the next FNC1. */
function dataOf(rule, rest) {
    const upToSeparator = rest.split(GS, 1)[0];
    const most = rule.parts.reduce((sum, part) => sum + part.most, 0);
    return rule.isPredefined ? upToSeparator.slice(0, most) : upToSeparator;
}

/** `(01)…(10)…` as people write it: an FNC1 before each identifier means the same. */
function fromBrackets(text) {
    return text.replace(/\((\d{2,4})\)/g, (all, ai) => (ruleAt(ai)?.ai === ai ? GS + ai : all));
}

/**
 * Check the data of one identifier.
 *
 * @param {{ai: string, parts: import("./gs1_table.js").Part[]}} rule
 * @param {string} value
 * @param {number} thisYear
 * @returns {Gs1Error[]} at most one
 */
export function checkData(rule, value, thisYear) {
    let rest = value;
    let name = "";
    for (const part of rule.parts) {
        if (name || (part.optional && !rest)) {
            break;
        }
        const piece = rest.slice(0, part.most);
        rest = rest.slice(piece.length);
        name = wrongWith(part, piece, thisYear);
    }
    name ||= rest ? "too_long" : "";
    return name ? [{ name, ai: rule.ai, value }] : [];
}

function wrongWith(part, piece, thisYear) {
    if (piece.length < part.least) {
        return "too_short";
    }
    if (!SIGNS[part.kind].test(piece)) {
        return "bad_character";
    }
    if (part.checked && !hasRightCheckDigit(piece)) {
        return "bad_check_digit";
    }
    return part.dated && !readDate(piece, thisYear) ? "bad_date" : "";
}
