/**
 * GS1 Digital Link URIs, uncompressed: `https://any.domain/any/path/01/…/10/…?17=…`.
 * Source: GS1 Digital Link Standard: URI Syntax, https://ref.gs1.org/standards/digital-link/.
 */

import { LINK_KEYS, LINK_NAMES, ruleOf } from "./gs1_table.js";

const URI = /^https?:\/\/[^/?#\s]+(\/[^?#\s]*)(?:\?([^#\s]*))?(?:#\S*)?$/i;
/** A key has three qualifiers at most. */
const MOST_PAIRS = 4;

/**
 * Read a Digital Link.
 *
 * @param {string} text
 * @param {(ai: string, value: string) => object[]} check the errors of one identifier's data
 * @returns {{ais: Record<string, string>, errors: object[]} | null} null if no GS1 key is in
 *     the path: then it is an address like any other
 */
export function readLink(text, check) {
    const parts = URI.exec(text);
    if (!parts) {
        return null;
    }
    const segments = parts[1].split("/").slice(1);
    if (segments.at(-1) === "") {
        segments.pop();
    }
    const path = findPath(segments, check);
    if (!path) {
        return null;
    }
    const { ais, errors } = path;
    for (const [ai, value] of attributes(parts[2] ?? "")) {
        const { text: data, errors: wrong } = decode(ai, value);
        errors.push(...wrong, ...(ruleOf(ai) ? check(ai, data) : [unknown(ai, data)]));
        if (ai in ais && ais[ai] !== data) {
            errors.push({ name: "contradiction", ai, value: data });
        } else {
            ais[ai] = data;
        }
    }
    return { ais, errors };
}

/** Any path may stand before the key: take the first place that reads well, else the last. */
function findPath(segments, check) {
    let last = null;
    const first = Math.max(segments.length - 2 * MOST_PAIRS, segments.length % 2);
    for (let at = first; at < segments.length; at += 2) {
        const path = readPath(segments.slice(at), check);
        if (path && !path.errors.length) {
            return path;
        }
        last = path ?? last;
    }
    return last;
}

function readPath(segments, check) {
    const key = identifier(segments[0]);
    if (!LINK_KEYS[key]) {
        return null;
    }
    const ais = {};
    const errors = [];
    const qualifiers = [];
    for (let at = 0; at < segments.length; at += 2) {
        const ai = identifier(segments[at]);
        if (!ruleOf(ai)) {
            errors.push(unknown(segments[at], segments[at + 1]));
            continue;
        }
        const { text, errors: wrong } = decode(ai, segments[at + 1]);
        const value = ai === "01" ? text.padStart(14, "0") : text;
        errors.push(...wrong, ...check(ai, value));
        ais[ai] = value;
        qualifiers.push(...(at ? [ai] : []));
    }
    if (!LINK_KEYS[key].some((order) => isInOrder(qualifiers, order))) {
        errors.push({ name: "bad_order", ai: key, value: qualifiers.join(" ") });
    }
    return { ais, errors };
}

function isInOrder(qualifiers, order) {
    const places = qualifiers.map((ai) => order.indexOf(ai));
    return places.every((place, at) => place >= 0 && (at === 0 || place > places[at - 1]));
}

/** Only keys made of digits are GS1's; `linkType` and others are the resolver's. */
function attributes(query) {
    return query
        .split(/[&;]/)
        .map((pair) => {
            const at = pair.indexOf("=");
            return at < 0 ? ["", ""] : [identifier(pair.slice(0, at)), pair.slice(at + 1)];
        })
        .filter(([ai]) => /^\d+$/.test(ai));
}

function identifier(word) {
    const name = word.toLowerCase();
    return Object.hasOwn(LINK_NAMES, name) ? LINK_NAMES[name] : word;
}

function decode(ai, value) {
    try {
        return { text: decodeURIComponent(value), errors: [] };
    } catch {
        return { text: value, errors: [{ name: "bad_encoding", ai, value }] };
    }
}

function unknown(ai, value) {
    return { name: "unknown_ai", ai, value };
}
