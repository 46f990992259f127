import { Component, onWillUnmount, xml } from "@odoo/owl";
import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { LiveQueue } from "../live/live_queue";
import { useSessionChannel } from "../live/session_channel";

const OPEN_STATES = ["counting", "review", "approved", "posting"];
const FIGURES = [
    ...["line_count", "counted_count", "uncounted_count", "recount_count"],
    ...["progress", "unknown_count", "unknown_total"],
];
const REFRESH_MS = 2000;

/** Keeps the figures of a session's form or card up to date while others count. */
export class CountProgress extends Component {
    static template = xml`<span class="d-none"/>`;
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        const queue = new LiveQueue(() => this.refreshed(), { intervalMs: REFRESH_MS });
        useSessionChannel(
            () => OPEN_STATES.includes(this.props.record.data.state) && this.props.record.resId,
            () => queue.add([], true)
        );
        onWillUnmount(() => queue.stop());
    }

    async refreshed() {
        try {
            await this.refresh();
        } catch (error) {
            // A session that one may no longer read keeps its last figures.
            if (!(error instanceof RPCError)) {
                throw error;
            }
        }
        return [];
    }

    async refresh() {
        const { record } = this.props;
        const names = FIGURES.filter((name) => name in record.activeFields);
        const [values] = await this.orm.silent.read(
            record.resModel,
            [record.resId],
            [...names, "state"]
        );
        if (values && values.state !== record.data.state && !record.dirty) {
            await record.model.load();
            return;
        }
        await record.model.mutex.exec(() => {
            record._applyValues(Object.fromEntries(names.map((name) => [name, values[name]])));
        });
    }
}

registry.category("view_widgets").add("stockex_count_progress", {
    component: CountProgress,
    fieldDependencies: [{ name: "state", type: "selection", readonly: true }],
});
