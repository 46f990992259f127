import { localization } from "@web/core/l10n/localization";
import { parseFloat } from "@web/views/fields/parsers";

const DECIMAL = /^\d*([.,])(\d+)$/;

/**
 * Read a quantity as people type it.
 *
 * A number pad writes a point in every language, which Odoo takes for a thousands sign
 * where that is one: 12.5 would become 125. Here a sign is a thousands sign only if the
 * language says so and three digits follow it.
 *
 * @param {string} text
 * @returns {number}
 * @throws {Error} if it is none
 */
export function parseQuantity(text) {
    const plain = text.trim();
    const [, sign, digits] = plain.match(DECIMAL) || [];
    const isThousands = sign === localization.thousandsSep && digits?.length === 3;
    if (sign && !isThousands) {
        return Number(plain.replace(sign, "."));
    }
    return parseFloat(plain, { allowOperation: true });
}
