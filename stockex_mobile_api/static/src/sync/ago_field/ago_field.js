import { Component, onMounted, onWillUnmount, reactive, useState } from "@odoo/owl";
import { formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const TICK_MS = 15_000;
const MOMENT_MS = 45_000;
// One clock for all that are shown: a page has hundreds of them.
const clock = reactive({ ticks: 0, shown: 0, timer: null });

function show() {
    clock.shown += 1;
    clock.timer ??= setInterval(() => (clock.ticks += 1), TICK_MS);
}

function hide() {
    clock.shown -= 1;
    if (!clock.shown) {
        clearInterval(clock.timer);
        clock.timer = null;
    }
}

/** How long ago something was: “3 minutes ago”; the instant itself in its tooltip. */
export class AgoField extends Component {
    static template = "stockex_mobile_api.AgoField";
    static props = { ...standardFieldProps };

    setup() {
        this.clock = useState(clock);
        onMounted(show);
        onWillUnmount(hide);
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get text() {
        if (!this.value) {
            return _t("never");
        }
        // Read, so that this is drawn again when the time goes on.
        const now = this.clock.ticks >= 0 && Date.now();
        // The server's clock may be a little ahead of the browser's.
        return now - this.value.toMillis() < MOMENT_MS ? _t("just now") : this.value.toRelative();
    }

    get exact() {
        return this.value ? formatDateTime(this.value) : "";
    }
}

registry.category("fields").add("stockex_ago", {
    component: AgoField,
    supportedTypes: ["datetime"],
    isEmpty: () => false,
});
