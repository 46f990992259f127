/** What is typed as a quantity: in pieces, in packagings, or both. */

/** Below this a quantity is taken, here and by the server. */
export const MOST = 1e9;

/**
 * Read a number as it is typed.
 *
 * @param {string} text "12.5"; also unfinished: "", "12."
 * @param {number} digits how many decimals the unit has
 * @returns {{value: ?number, problem: string}} value null as long as nothing was typed;
 *     problem: "", `negative`, `two_points`, `sign`, `digits`, `large`
 */
export function readAmount(text, digits) {
    const given = text.trim().replaceAll(",", ".");
    const problem = problemOf(given, digits);
    const isEmpty = given === "" || given === ".";
    return { value: problem || isEmpty ? null : Number(given), problem };
}

function problemOf(given, digits) {
    if (/^[-−]/.test(given)) {
        return "negative";
    }
    if ((given.match(/\./g) ?? []).length > 1) {
        return "two_points";
    }
    if (!/^\d*\.?\d*$/.test(given)) {
        return "sign";
    }
    if ((given.split(".")[1] ?? "").length > digits || (digits === 0 && given.includes("."))) {
        return "digits";
    }
    return Number(given || 0) >= MOST ? "large" : "";
}

/**
 * Return the ways in which a product can be counted: its unit first, then its packagings.
 *
 * @param {{uom: {id: number, name: string}, packs: Object[]}} product
 * @returns {{uom: number, name: string, each: number}[]} `each`: how much one is in the unit
 */
export function waysOf(product) {
    const ways = new Map([
        [product.uom.id, { uom: product.uom.id, name: product.uom.name, each: 1 }],
    ]);
    for (const { uom, name, quantity } of product.packs ?? []) {
        if (!ways.has(uom) && quantity > 0) {
            ways.set(uom, { uom, name, each: quantity });
        }
    }
    return [...ways.values()];
}

/**
 * Add up what was typed.
 *
 * @param {{uom: number, each: number, text: string}[]} fields as `waysOf` gives them, with texts
 * @param {{digits: number, tracking?: string}} facts
 * @returns {{quantity: ?number, parts: ?Object[], problem: string}} quantity in the product's
 *     unit, null if nothing was typed; parts null if it was typed in that unit alone;
 *     problem: one of `readAmount`, `sum_digits`, `serial`
 */
export function sumOf(fields, { digits, tracking }) {
    const read = fields.map((field) => ({ ...field, ...readAmount(field.text, digits) }));
    const filled = read.filter((field) => field.value !== null);
    const faulty = read.find((field) => field.problem);
    if (faulty || !filled.length) {
        return { quantity: null, parts: null, problem: faulty?.problem ?? "" };
    }
    const exact = filled.reduce((sum, { value, each }) => sum + value * each, 0);
    const quantity = Number(exact.toFixed(digits));
    const problem = problemOfSum(exact, quantity, tracking);
    const parts = filled.map(({ uom, value }) => ({ uom, quantity: value }));
    const isPlain = filled.length === 1 && filled[0] === read[0];
    return { quantity, parts: isPlain ? null : parts, problem };
}

function problemOfSum(exact, quantity, tracking) {
    if (tracking === "serial" && quantity > 1) {
        return "serial";
    }
    if (quantity >= MOST) {
        return "large";
    }
    // Binary fractions: 3 × 0.1 is a little more than 0.3.
    return Math.abs(exact - quantity) > 1e-9 * Math.max(1, quantity) ? "sum_digits" : "";
}

/** Return which of the ways a scanned code stands for, -1 for none. */
export function wayOfCode(product, ways, codes) {
    const pack = (product.packs ?? []).find((one) => one.barcode && codes.includes(one.barcode));
    if (pack) {
        return ways.findIndex((way) => way.uom === pack.uom);
    }
    return product.barcodes.some((one) => codes.includes(one)) ? 0 : -1;
}
