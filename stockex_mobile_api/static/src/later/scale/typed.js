/** A scale that types its weight like a keyboard. */

import { _t } from "../../app/ui/i18n.js";
import { typedWeight, weightFor } from "./weigh.js";
import { explainWeight } from "./weigh_texts.js";

/**
 * Take what was typed as the weight of what was scanned last.
 *
 * @param {string} text
 * @param {Object} screen
 * @param {?Object} screen.target
 * @param {(target: Object, value: number) => Promise<any>} screen.put
 * @param {(notice: string) => void} screen.refuse
 * @returns {Promise<boolean>} whether it was a weight, and no code
 */
export async function takeTyped(text, { services, target, put, refuse }) {
    const reading = typedWeight(text);
    if (!reading) {
        return false;
    }
    if (!target?.product) {
        refuse(_t("Scan what lies on the scale first, then weigh it."));
        return true;
    }
    const digits = services.me?.digits?.quantity ?? 3;
    const { quantity, problem } = weightFor(reading, { product: target.product, digits });
    if (problem) {
        refuse(explainWeight(problem, target.product));
    } else {
        await put(target, quantity);
    }
    return true;
}
