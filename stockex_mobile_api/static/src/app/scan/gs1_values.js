/** What the identifiers of one code say together: the article, its lot, its quantity. */

import { readDate } from "./gs1_dates.js";

const UNITS = {
    ...{ 310: "kg", 311: "m", 312: "m", 313: "m", 314: "m²", 315: "l", 316: "m³", 320: "lb" },
    ...{ 321: "in", 322: "ft", 323: "yd", 324: "in", 325: "ft", 326: "yd", 327: "in", 328: "ft" },
    ...{ 329: "yd", 330: "kg", 331: "m", 332: "m", 333: "m", 334: "m²", 335: "l", 336: "m³" },
    ...{ 337: "kg/m²", 340: "lb", 341: "in", 342: "ft", 343: "yd", 344: "in", 345: "ft" },
    ...{ 346: "yd", 347: "in", 348: "ft", 349: "yd", 350: "in²", 351: "ft²", 352: "yd²" },
    ...{ 353: "in²", 354: "ft²", 355: "yd²", 356: "oz t", 357: "fl oz", 360: "qt", 361: "gal" },
    ...{ 362: "qt", 363: "gal", 364: "in³", 365: "ft³", 366: "yd³", 367: "in³", 368: "ft³" },
    ...{ 369: "yd³" },
};
/** Net before gross, kilograms before pounds. */
const WEIGHTS = ["310", "320", "330", "340"];

/**
 * @typedef {object} Measure
 * @property {string} ai its first three digits
 * @property {number} value
 * @property {string} unit
 */

/**
 * Draw the plain values out of the identifiers.
 *
 * @param {Record<string, string>} ais
 * @param {number} thisYear
 */
export function plainValues(ais, thisYear) {
    const date = (ai) => (ais[ai] ? readDate(ais[ai].slice(0, 6), thisYear) : null);
    const measures = readMeasures(ais);
    return {
        gtin: ais["01"] ?? ais["02"] ?? ais["03"] ?? (ais[8006] ?? ais[8026])?.slice(0, 14) ?? null,
        isContent: !ais["01"] && Boolean(ais["02"] ?? ais[8026]),
        variant: ais[22] ?? ais[20] ?? null,
        lot: ais[10] ?? null,
        serial: ais[21] ?? null,
        expires: date(17) ?? date(7003),
        bestBefore: date(15),
        produced: date(11),
        packed: date(13),
        quantity: count(ais[30] ?? ais[37]),
        weight: WEIGHTS.map((ai) => measures.find((one) => one.ai === ai)).find(Boolean) ?? null,
        measures,
        price: readPrice(ais),
        sscc: ais["00"] ?? null,
        gln: ais[414] ?? null,
        glnExtension: ais[254] ?? null,
        asset: ais[8004] ?? ais[8003]?.slice(1) ?? null,
    };
}

function count(digits) {
    return digits === undefined ? null : Number(digits);
}

/** @returns {Measure[]} */
function readMeasures(ais) {
    return Object.keys(ais)
        .filter((ai) => /^3[1-6]\d\d$/.test(ai))
        .map((ai) => ({
            ai: ai.slice(0, 3),
            value: withDecimals(ais[ai], ai[3]),
            unit: UNITS[ai.slice(0, 3)],
        }));
}

function readPrice(ais) {
    const ai = Object.keys(ais).find((one) => /^39[0-3]\d$/.test(one));
    if (!ai) {
        return null;
    }
    const hasCurrency = ai[2] === "1" || ai[2] === "3";
    const digits = hasCurrency ? ais[ai].slice(3) : ais[ai];
    return {
        value: withDecimals(digits, ai[3]),
        currency: hasCurrency ? ais[ai].slice(0, 3) : null,
        isForThisWeight: ai[2] >= "2",
    };
}

/** Put the decimal point: as text, since 1.1 * 10 is no exact arithmetic. */
function withDecimals(digits, decimals) {
    return Number(`${digits}e-${decimals}`);
}
