/** Whether a reading of a scale can be taken as a quantity, and as how much. */

import { convertWeight } from "../../app/scan/weight.js";
import { readScaleLine } from "./scale.js";

/** A scale that is read continuously tells its weight several times a second. */
export const MOST_AGE_MS = 3000;
const WEIGHTS = { kgs: "kg", gr: "g", lbs: "lb", ton: "t", tonne: "t" };
const KNOWN = ["mg", "g", "kg", "t", "lb", "oz"];

/** Return the unit of a product if it is one of weight, else null. */
export function weightUnit(product) {
    const name = (product.uom?.name ?? "").trim().toLowerCase();
    const unit = WEIGHTS[name] ?? name;
    return KNOWN.includes(unit) ? unit : null;
}

/**
 * Return what a reading is in a product's own unit.
 *
 * @param {?import("./scale.js").Reading} reading
 * @param {Object} facts
 * @param {Object} facts.product
 * @param {number} facts.digits decimals of the unit
 * @param {number} [facts.age_ms] since the reading came
 * @returns {{quantity: ?number, problem: string}} problem: "", or why it is not taken: `none`,
 *     `stale`, `not_ready`, `overload`, `underload`, `unstable`, `negative`, `no_unit`,
 *     `not_weight`, `small`
 */
export function weightFor(reading, { product, digits, age_ms = 0 }) {
    const unit = weightUnit(product);
    const problem = problemOf(reading, unit, age_ms);
    if (problem) {
        return { quantity: null, problem };
    }
    const exact = convertWeight(reading.value, reading.unit, unit);
    if (exact === null) {
        return { quantity: null, problem: "not_weight" };
    }
    const quantity = Number(exact.toFixed(digits));
    // Less than the unit can say is not nothing.
    return exact > 0 && quantity === 0
        ? { quantity: null, problem: "small" }
        : { quantity, problem: "" };
}

function problemOf(reading, unit, age) {
    if (!reading || age > MOST_AGE_MS) {
        return reading ? "stale" : "none";
    }
    if (reading.problem) {
        return reading.problem;
    }
    if (!reading.stable) {
        return "unstable";
    }
    if (reading.value < 0) {
        return "negative";
    }
    if (!unit) {
        return "not_weight";
    }
    return reading.unit ? "" : "no_unit";
}

/**
 * Read what a scale typed like a keyboard, "  12.34 kg".
 *
 * @returns {?import("./scale.js").Reading} null if it is no weight with its unit
 */
export function typedWeight(text) {
    const reading = readScaleLine(text);
    return reading && (reading.problem || KNOWN.includes(reading.unit)) ? reading : null;
}
