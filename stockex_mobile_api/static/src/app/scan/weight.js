/** Weights in other units: of labels and of scales. */

/**
 * Convert a weight.
 *
 * @param {number} value
 * @param {string} from
 * @param {string} to
 * @returns {number | null} null between units that are not both of weight
 */
export function convertWeight(value, from, to) {
    const grams = {
        ...{ mg: 0.001, ct: 0.2, g: 1, kg: 1000, t: 1e6 },
        ...{ oz: 28.349523125, "oz t": 31.1034768, lb: 453.59237 },
    };
    if (from === to) {
        return value;
    }
    return grams[from] && grams[to]
        ? Number(((value * grams[from]) / grams[to]).toPrecision(12))
        : null;
}
