import { _t } from "../../app/ui/i18n.js";

/** Say why a weight is not taken. */
export function explainWeight(problem, product) {
    const name = product?.name ?? "";
    const unit = product?.uom?.name ?? "";
    const texts = {
        none: _t("The scale has told no weight yet."),
        stale: _t("The scale is silent. Is it on, and its cable in?"),
        not_ready: _t("The scale is not ready."),
        overload: _t("Too much lies on the scale."),
        underload: _t("The scale shows less than nothing: set it to zero."),
        unstable: _t("The weight is still moving: wait until it stands."),
        negative: _t("The weight is below zero: set the scale to zero."),
        no_unit: _t("The scale does not say in which unit it weighs."),
        not_weight: _t("“%(name)s” is counted in %(unit)s, which is no weight.", { name, unit }),
        small: _t("This is too light to be counted in %(unit)s.", { unit }),
    };
    return texts[problem] ?? "";
}
