import { Component, onWillStart, onWillUnmount } from "@odoo/owl";

import { answerKey, follow } from "./position.js";

/** Asks once whether counts may say where they were made; says once what a refusal means. */
export class AskPosition extends Component {
    static template = "stockex_mobile_api.ScanAskPosition";
    static props = { services: Object, turn: Number };

    setup() {
        const { services } = this.props;
        onWillStart(() => follow(services));
        onWillUnmount(() => services.position?.stop());
    }

    get answer() {
        const { services } = this.props;
        return services.settings[answerKey(services)];
    }

    async give(answer) {
        const { services } = this.props;
        await services.set(answerKey(services), answer);
        follow(services);
    }
}
