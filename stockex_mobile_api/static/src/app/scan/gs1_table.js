/**
 * The GS1 application identifiers (AI) and what their data look like.
 * Source: GS1 General Specifications, section 3, and the GS1 Barcode Syntax Dictionary,
 * https://ref.gs1.org/tools/gs1-barcode-syntax-resource/syntax-dictionary/.
 */

/**
 * Formats and their identifiers. A part of a format is a kind (N digits, X and Y and Z
 * signs), a length (`..` before it: at most), then `k` for a check digit at its end or `d`
 * for a date; `?` before it: may be absent. `-` makes a range of identifiers.
 */
const FORMATS = {
    N18k: "00 8017 8018",
    N14k: "01-03",
    N13k: "410-417",
    N17k: "402",
    N6d: "11-13 15-17 4326 7006",
    N2: "20 7241",
    N6: "3100-3105 3110-3115 3120-3125 3130-3135 3140-3145 3150-3155 3160-3165 3200-3205 \
3210-3215 3220-3225 3230-3235 3240-3245 3250-3255 3260-3265 3270-3275 3280-3285 3290-3295 \
3300-3305 3310-3315 3320-3325 3330-3335 3340-3345 3350-3355 3360-3365 3370-3375 3400-3405 \
3410-3415 3420-3425 3430-3435 3440-3445 3450-3455 3460-3465 3470-3475 3480-3485 3490-3495 \
3500-3505 3510-3515 3520-3525 3530-3535 3540-3545 3550-3555 3560-3565 3570-3575 3600-3605 \
3610-3615 3620-3625 3630-3635 3640-3645 3650-3655 3660-3665 3670-3675 3680-3685 3690-3695 \
3950-3955 8005",
    "N..4": "7004",
    "N..6": "242",
    "N..8": "30 37",
    "N..10": "8019",
    "N..12": "8011",
    "N..15": "3900-3909 3920-3929",
    "N3 N..15": "3910-3919 3930-3939",
    N1: "4321-4323 7252",
    N3: "422 424 426",
    N4: "3940-3943 8111",
    N8: "7250",
    N13: "7001",
    N15: "8040 8041",
    N32: "8042",
    "N3 X..9": "421",
    "N3 ?N3 ?N3 ?N3 ?N3": "423 425",
    "N3 X..27": "7030-7039",
    "N6d N4": "4324 4325 7003",
    "N6d ?N4": "7011",
    "N6d ?N6d": "7007",
    "N6d N2 ?N2 ?N2": "8008",
    "N6 ?X1": "4330-4333",
    "N8 N4": "7251",
    "N10 N10": "4309",
    "N13k ?X..17": "253",
    "N13k ?N..12": "255",
    "N14k N4": "8006 8026",
    "N18 ?N..2": "8043",
    "N1 N13k ?X..16": "8003",
    "N1 X1 X1 X1": "7040",
    "N4 N5 N3 N1 N1": "8001",
    X2: "4307 4317",
    X3: "7258",
    "X2 X..28": "7230-7239",
    "X..2": "7010",
    "X..3": "427 7008",
    "X..4": "7041",
    "X..10": "7009 7255",
    "X..12": "7005",
    "X..20": "10 21 22 243 254 420 4318 7020-7022 710-717 7240 8002 8012",
    "X..25": "7242 8013 8014 8020",
    "X..28": "235",
    "X..30": "240 241 250 251 400 401 403 4308 4319 7002 7023 8004 90",
    "X..34": "8007",
    "X..35": "4300 4301 4310 4311 4320",
    "X..40": "7253 7254 7259",
    "X..50": "8009",
    "X..70": "4302-4306 4312-4316 7257 8110 8112 8200",
    "X..90": "7256 91-99",
    "Y..30": "8010",
    "Z..90": "8030",
};

/** Identifiers by their first two digits whose length needs no FNC1 (General Specifications 7.8.5). */
const PREDEFINED = /^(?:0[0-4]|1[1-9]|20|3[1-6]|41)/;

/** Primary keys of a GS1 Digital Link and the qualifiers that may follow, in their order. */
export const LINK_KEYS = {
    "00": [[]],
    "01": [["22", "10", "21"], ["235"]],
    253: [[]],
    255: [[]],
    401: [[]],
    402: [[]],
    414: [["254"], ["7040"]],
    415: [["8020"]],
    417: [["7040"]],
    8003: [[]],
    8004: [["7040"]],
    8006: [["22", "10", "21"]],
    8010: [["8011"]],
    8013: [[]],
    8017: [["8019"]],
    8018: [["8019"]],
};

/** Names that version 1.0 of the Digital Link standard allowed in place of the digits. */
export const LINK_NAMES = {
    ...{ gtin: "01", itip: "8006", cpid: "8010", gln: "414", party: "417", payto: "415" },
    ...{ gsrnp: "8017", gsrn: "8018", gcn: "255", sscc: "00", gdti: "253", ginc: "401" },
    ...{ gsin: "402", grai: "8003", giai: "8004", gmn: "8013", cpv: "22", lot: "10", ser: "21" },
    ...{ glnx: "254", refno: "8020", srin: "8019", cpsn: "8011", exp: "17" },
};

/**
 * @typedef {object} Part one part of an identifier's data
 * @property {string} kind N, X, Y or Z
 * @property {number} least
 * @property {number} most
 * @property {boolean} checked ends with a check digit
 * @property {boolean} dated is a date, YYMMDD
 * @property {boolean} optional
 */

/** @type {Map<string, {ai: string, parts: Part[], isPredefined: boolean}> | null} */
let known = null;

/**
 * Find the rule of an identifier.
 *
 * @param {string} ai
 * @returns {{ai: string, parts: Part[], isPredefined: boolean} | undefined}
 */
export function ruleOf(ai) {
    known ??= readTable();
    return known.get(ai);
}

/**
 * Find the rule of the identifier with which a text begins: none is the beginning of another.
 *
 * @param {string} text
 * @returns {{ai: string, parts: Part[], isPredefined: boolean} | undefined}
 */
export function ruleAt(text) {
    return ruleOf(text.slice(0, 2)) ?? ruleOf(text.slice(0, 3)) ?? ruleOf(text.slice(0, 4));
}

/** List all identifiers. */
export function knownIdentifiers() {
    known ??= readTable();
    return [...known.keys()];
}

function readTable() {
    const rules = new Map();
    for (const [format, words] of Object.entries(FORMATS)) {
        const parts = format.split(" ").map(readPart);
        for (const ai of words.split(/\s+/).flatMap(spread)) {
            rules.set(ai, { ai, parts, isPredefined: PREDEFINED.test(ai) });
        }
    }
    return rules;
}

function spread(word) {
    const [first, last = first] = word.split("-");
    const all = [];
    for (let ai = Number(first); ai <= Number(last); ai++) {
        all.push(String(ai).padStart(first.length, "0"));
    }
    return all;
}

function readPart(text) {
    const [, optional, kind, upTo, length, mark] = /^(\??)([NXYZ])(\.\.)?(\d+)([kd]?)$/.exec(text);
    return {
        kind,
        least: upTo ? 1 : Number(length),
        most: Number(length),
        checked: mark === "k",
        dated: mark === "d",
        optional: Boolean(optional),
    };
}
