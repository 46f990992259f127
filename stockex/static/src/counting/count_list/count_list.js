import { onWillUnmount, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

import { ScanCapture, withoutScan } from "../scan_capture/scan_capture";

/** The list in which people count: by keyboard, or with a scanner wherever the focus is. */
export class CountListController extends ListController {
    static template = "stockex.CountList";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.action = useService("action");
        this.sessionId = this.props.context.stockex_session_id;
        this.scan = useState({ location: null, last: null });
        this.capture = new ScanCapture();
        this.queue = Promise.resolve();
        this.onKeydown = this.onKeydown.bind(this);
        window.addEventListener("keydown", this.onKeydown, { capture: true });
        onWillUnmount(() =>
            window.removeEventListener("keydown", this.onKeydown, { capture: true })
        );
    }

    onKeydown(event) {
        if (!this.sessionId || event.ctrlKey || event.altKey || event.metaKey) {
            return;
        }
        const barcode = this.capture.push(event.key, event.timeStamp);
        if (!barcode) {
            return;
        }
        event.preventDefault();
        event.stopImmediatePropagation();
        const field = event.target;
        if ("value" in field && typeof field.value === "string") {
            field.value = withoutScan(field.value, barcode);
            field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }
        // One after the other: two scans of one product are two counts, in their order.
        this.queue = this.queue.then(() => this.onScan(barcode));
    }

    async onScan(barcode) {
        let result;
        try {
            result = await this.orm.call("stockex.count.session", "action_scan", [
                [this.sessionId],
                barcode,
                this.scan.location?.location_id || false,
            ]);
        } catch (error) {
            const message = error.data?.message || error.message;
            this.scan.last = { failed: true, text: message };
            this.notification.add(message, { type: "danger", sticky: true });
            return;
        }
        if (result.type === "location") {
            this.scan.location = result;
            this.scan.last = null;
            return;
        }
        this.scan.last = {
            failed: false,
            text: [result.product, result.lot].filter(Boolean).join(" · "),
            counted: result.counted,
        };
        await this.model.root.leaveEditMode?.({ discard: false });
        await this.model.load();
    }

    clearLocation() {
        this.scan.location = null;
    }

    addUnexpected() {
        this.action.doAction("stockex.count_add_line_action", {
            additionalContext: {
                default_session_id: this.sessionId,
                default_location_id: this.scan.location?.location_id || false,
            },
            onClose: () => this.model.load(),
        });
    }

    get scanPrompt() {
        return this.scan.location
            ? _t("Scan products in %s", this.scan.location.name)
            : _t("Scan a location, then its products. Or type in “My count”.");
    }
}

registry.category("views").add("stockex_count_list", {
    ...listView,
    Controller: CountListController,
});
