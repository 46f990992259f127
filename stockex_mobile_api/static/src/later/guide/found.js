/** What was found in a place and is no line of the server yet. */

import { goodsKey } from "../../app/sync/ops.js";

/**
 * Return what a counter counted in a place and the server has not answered for.
 *
 * @param {Object} parts
 * @param {Object} parts.store
 * @param {Object[]} parts.unsent operations that wait
 * @param {(target: Object) => ?number} parts.shown what the counter counted on a target
 * @param {Object} place
 * @returns {Promise<{key: string, label: string, quantity: number, uom: ?Object}[]>} each
 *     goods once, in the order in which they were found
 */
export async function foundIn({ store, unsent, shown }, place) {
    const found = new Map();
    for (const kept of unsent) {
        const { kind, product, location, line } = kept.body;
        if (kind === "count" && product && !line && location === place.id) {
            found.set(goodsKey(kept.body), kept);
        }
    }
    const rows = await Promise.all(
        [...found].map(async ([key, { body, label }]) => {
            const product = await store.get("products", body.product);
            const target = {
                ...{ line: null, product: { id: body.product }, place, lotName: body.lot_name },
                lot: body.lot ? { id: body.lot } : null,
                package: body.package ? { id: body.package } : null,
            };
            return { key, label, quantity: shown(target), uom: product?.uom ?? null };
        })
    );
    return rows.filter((row) => row.quantity !== null);
}
