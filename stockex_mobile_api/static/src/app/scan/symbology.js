/**
 * Symbology identifiers (ISO/IEC 15424): the `]C1` that a scanner may put before the text.
 */

/** FNC1 as a reader hands it over inside the text. */
export const GS = "\x1d";

/** What says that the text is made of GS1 element strings. */
const GS1_CARRIERS = new Set([
    "]C1",
    "]e0",
    "]e1",
    "]e2",
    "]d2",
    "]d5",
    "]Q3",
    "]Q4",
    "]J1",
    "]z1",
]);

const FORMATS = {
    A: "code39",
    C: "code128",
    E: "ean13",
    F: "codabar",
    G: "code93",
    I: "itf",
    J: "dotcode",
    L: "pdf417",
    Q: "qr",
    d: "datamatrix",
    e: "databar",
    z: "aztec",
};

/**
 * Part a scan into the identifier of its symbology and its text.
 *
 * @param {string} scan
 * @returns {{symbology: string, format: string, isGs1: boolean, text: string}} `symbology`
 *     with its bracket, empty if the scanner gave none; `format` empty if not known
 */
export function splitSymbology(scan) {
    const found = /^\][A-Za-z][0-9A-Za-z]/.exec(scan);
    if (!found) {
        return { symbology: "", format: "", isGs1: false, text: scan };
    }
    const symbology = found[0];
    return {
        symbology,
        format: formatOf(symbology),
        isGs1: GS1_CARRIERS.has(symbology),
        text: scan.slice(3),
    };
}

/**
 * Name the kind of symbol behind an identifier.
 *
 * @param {string} symbology
 * @returns {string}
 */
export function formatOf(symbology) {
    return symbology === "]E4" ? "ean8" : (FORMATS[symbology[1]] ?? "");
}

/**
 * Bring the ways in which FNC1 is written (by scanners set up for people's eyes, in
 * documents, in typed tests) to the one sign that the standard knows.
 *
 * @param {string} text
 * @returns {string}
 */
export function unifySeparators(text) {
    return text.replace(/\u241d|<GS>|\{GS\}|<FNC1>|\{FNC1\}|\\x1d|\[FNC1\]/gi, GS);
}

/**
 * Drop the separators at the beginning of a text.
 *
 * @param {string} text
 * @returns {string}
 */
export function withoutSeparators(text) {
    let at = 0;
    while (text[at] === GS) {
        at++;
    }
    return text.slice(at);
}
