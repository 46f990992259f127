import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

import { _t } from "../../ui/i18n.js";
import { SCREEN_PROPS, writeHash } from "../../ui/router.js";

/** The counts that wait for this counter, with their zones and how far they are. */
export class Tasks extends Component {
    static template = "stockex_mobile_api.ScanTasks";
    static props = SCREEN_PROPS;

    setup() {
        this.state = useState({ tasks: [] });
        onWillStart(() => this.load());
        onWillUpdateProps(() => this.load());
    }

    async load() {
        const sessions = await this.props.services.store.all("sessions");
        this.state.tasks = sessions.map((session) => {
            const mine = session.zones.filter((zone) => zone.mine);
            const zones = mine.length ? mine : session.zones;
            // Without zones everybody counts everywhere.
            const parts = zones.length ? zones : [session];
            const lines = parts.reduce((sum, part) => sum + part.lines, 0);
            const counted = parts.reduce((sum, part) => sum + part.counted, 0);
            return {
                session,
                zones: zones.map((zone) => zone.name).join(", "),
                share: lines ? Math.round((100 * counted) / lines) : 0,
                text: lines
                    ? _t("%(counted)s of %(lines)s lines", { counted, lines })
                    : _t("Nothing expected here yet"),
                href: writeHash("count", session.id),
            };
        });
    }

    get loading() {
        const { progress } = this.props.services;
        return progress && _t("Fetching %(done)s of %(total)s …", progress);
    }
}
