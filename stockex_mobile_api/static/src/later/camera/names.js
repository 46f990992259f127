/** What a code is called on the picture of the camera. */

import { codesOf } from "../../app/count/counting.js";
import { resolveScan } from "../../app/scan/resolve.js";

/**
 * Return the name of what a code stands for.
 *
 * @param {Object} store
 * @param {{text: string, format: string}} code
 * @returns {Promise<string>} empty if this device does not know it, or knows several
 */
export async function nameOf(store, { text, format }) {
    const productById = (id) => store.get("products", id);
    const { status, candidates } = await resolveScan(text, codesOf(store), { format, productById });
    if (status !== "one") {
        return "";
    }
    const [{ product, pack, lotName, location, package: box }] = candidates;
    return [product?.name, pack?.name, lotName, location?.name, box?.name]
        .filter(Boolean)
        .join(" · ");
}
