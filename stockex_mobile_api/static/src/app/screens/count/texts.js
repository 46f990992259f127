/** What the count screen says, and how it writes quantities. */

import { FOREIGN_PLACE, NEED_PLACE, TWICE } from "../../count/counting.js";
import { StoreFull } from "../../store/db.js";
import { _t, quantity } from "../../ui/i18n.js";

/** Say why a scan was not counted. */
export function explain(outcome) {
    const name = outcome.target?.product?.name ?? "";
    const texts = {
        [NEED_PLACE]: _t("Scan the location first: “%(name)s” may be in several.", { name }),
        [FOREIGN_PLACE]: _t("This location is not part of your count."),
        [TWICE]: _t("Serial number already counted: %(name)s.", {
            name: outcome.target?.lot?.name ?? outcome.target?.lotName ?? name,
        }),
    };
    return texts[outcome.kind];
}

/** Say what it means that something could not be kept. */
export function explainError(error) {
    return error instanceof StoreFull
        ? _t("This device is full. Nothing was counted: send the queue, or free space.")
        : error.message;
}

/** Name what a count is of. */
export function nameOf(target) {
    return [target.product?.name, target.lot?.name ?? target.lotName].filter(Boolean).join(" · ");
}

/** Write a quantity with its unit; a dash for what was not counted. */
export function amountOf(target, value = target.quantity) {
    const unit = target.product?.uom.name ?? "";
    return value === null ? "–" : `${quantity(value)} ${unit}`;
}
