import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";

import { _t, quantity } from "../../app/ui/i18n.js";
import { BoundScale } from "./bound_scale.js";
import { weightFor } from "./weigh.js";
import { explainWeight } from "./weigh_texts.js";

/** What the bound scale shows, and how it becomes a quantity. */
export class ScaleCard extends Component {
    static template = "stockex_mobile_api.ScanScaleCard";
    static props = {
        services: Object,
        /** What was scanned last, null if nothing was. */
        target: { type: Object, optional: true },
        /** Called with a quantity in the product's unit, and whether it is added. */
        take: Function,
    };

    setup() {
        const { services } = this.props;
        this.state = useState({ turn: 0, refused: "" });
        this.scale = new BoundScale({
            serial: services.window.navigator.serial,
            now: () => Date.now(),
            changed: () => {
                this.state.turn += 1;
            },
        });
        onMounted(() => this.open());
        onWillUnmount(() => this.scale.close());
    }

    open(ask = false) {
        return this.scale.open({ baud: this.props.services.settings.scale_baud, ask });
    }

    get shown() {
        const { reading } = this.scale;
        return reading?.value == null ? "–" : `${quantity(reading.value, 6)} ${reading.unit}`;
    }

    get weight() {
        return weightFor(this.scale.reading, {
            product: this.props.target.product,
            digits: this.props.services.me?.digits?.quantity ?? 3,
            age_ms: this.scale.age,
        });
    }

    get trouble() {
        const texts = {
            unsupported: _t("This browser cannot read a scale."),
            refused: _t("No scale is bound. Bind it in the settings."),
            busy: _t("Another application uses the scale. Close it and try again."),
            lost: _t("The scale is gone: look after its cable."),
        };
        return texts[this.scale.problem] ?? "";
    }

    take(adds) {
        const { services, target } = this.props;
        const { quantity: amount, problem } = this.weight;
        this.state.refused = explainWeight(problem, target.product);
        if (problem) {
            services.feedback.wrong();
        } else {
            this.props.take(amount, adds);
        }
    }
}
