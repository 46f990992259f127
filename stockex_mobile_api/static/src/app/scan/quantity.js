/** How much of a product a code stands for. */

import { convertWeight } from "./weight.js";

const METRES = { m: 1, cm: 0.01, mm: 0.001 };
const LITRES = { l: 1, cl: 0.01, ml: 0.001, "m³": 1000 };
/** Measures of the goods themselves, not of their outer dimensions. */
const LENGTH_AIS = ["311"];
const VOLUME_AIS = ["315", "316"];

/**
 * Tell the quantity in the product's own unit.
 *
 * @param {{uom?: {name: string}, tracking?: string}} product
 * @param {{quantity: number} | null} pack
 * @param {Partial<import("./gs1.js").Gs1>} gs1
 * @returns {{quantity: number, isMeasured: boolean}} isMeasured: the code says how much
 */
export function quantityFor(product, pack, gs1) {
    const each = pack?.quantity || 1;
    if (product.tracking === "serial" && gs1.serial) {
        return { quantity: 1, isMeasured: false };
    }
    const measured = measuredIn(unitOf(product), gs1);
    if (measured !== null) {
        return { quantity: measured, isMeasured: true };
    }
    if (gs1.quantity) {
        return { quantity: gs1.quantity * each, isMeasured: true };
    }
    return { quantity: each, isMeasured: false };
}

function unitOf(product) {
    const name = (product.uom?.name ?? "").trim().toLowerCase();
    return { litre: "l", litres: "l", liter: "l", lbs: "lb", m3: "m³" }[name] ?? name;
}

/** Goods stored by weight, length or volume are counted by what their label says. */
function measuredIn(unit, { weight = null, measures = [] }) {
    if (weight && ["g", "kg", "t", "lb", "oz"].includes(unit)) {
        return convertWeight(weight.value, weight.unit, unit);
    }
    const scale = unit in METRES ? METRES : LITRES;
    const ais = unit in METRES ? LENGTH_AIS : VOLUME_AIS;
    const found = measures.find((one) => ais.includes(one.ai));
    if (!found || !scale[unit] || !scale[found.unit]) {
        return null;
    }
    return Number(((found.value * scale[found.unit]) / scale[unit]).toPrecision(12));
}
