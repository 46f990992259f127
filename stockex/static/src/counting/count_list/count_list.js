import { onWillUnmount, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { uuid } from "@web/core/utils/strings";
import { formatFloat } from "@web/views/fields/formatters";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

import { openUnits } from "../count_units/count_units";
import { LiveLines } from "../live/live_lines";
import { LiveQueue } from "../live/live_queue";
import { useSessionChannel } from "../live/session_channel";
import { parseQuantity } from "../quantity/parse_quantity";
import { CountListRenderer } from "./count_renderer";
import { useScanKeys } from "./scan_keys";

const SESSION = "stockex.count.session";

/** The list in which people count: by keyboard, or with a scanner wherever the focus is. */
export class CountListController extends ListController {
    static template = "stockex.CountList";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.action = useService("action");
        this.sessionId = this.props.context.stockex_session_id;
        this.scan = useState({ location: null, last: null, typed: "", isClosed: false });
        // One after the other: two scans of one product are two counts, in their order.
        this.queue = Promise.resolve();
        this.lines = new LiveLines(this.model);
        this.live = new LiveQueue((ids, all) => this.refresh(ids, all));
        if (this.sessionId) {
            this.useSession();
        }
    }

    useSession() {
        useSessionChannel(
            () => this.sessionId,
            // A message without lines tells that the session itself changed.
            ({ line_ids, many }) =>
                line_ids.length ? this.live.add(line_ids) : this.onSession(many)
        );
        onWillUnmount(() => this.live.stop());
        useScanKeys({
            scan: (barcode, typed) => this.enqueue(() => this.onScan(barcode, typed)),
            canType: () => Boolean(this.scan.last?.lineId),
            typed: (text) => (this.scan.typed = text),
            quantity: (text) => this.enqueue(() => this.onQuantity(text)),
            undo: () => this.undo(),
            none: () => this.countNone(),
            units: () => this.countUnits(),
        });
    }

    async onRecordSaved(record) {
        this.lines.saved(record.resId);
        return super.onRecordSaved(...arguments);
    }

    // --- What others do ---

    async refresh(ids, all) {
        if (this.scan.isClosed) {
            return [];
        }
        try {
            return await this.lines.refresh(ids, all);
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            // Refused: the lines of a closed count are not a counter's to read.
            await this.onSession(false);
            return [];
        }
    }

    async onSession(many) {
        if (many) {
            this.live.add([], true);
        }
        try {
            const ids = [this.sessionId];
            const [session] = await this.model.orm.silent.read(SESSION, ids, ["state"]);
            this.scan.isClosed = session?.state !== "counting";
        } catch (error) {
            this.scan.isClosed = this.scan.isClosed || error instanceof RPCError;
        }
    }

    // --- Scanning ---

    enqueue(step) {
        this.queue = this.queue.then(step).catch((error) => this.onRefused(error));
    }

    onRefused(error, barcode = false) {
        const text = error.data?.message || error.message;
        this.scan.last = { failed: true, text, barcode };
        this.notification.add(text, { type: "danger" });
    }

    async onScan(barcode, typed) {
        if (typed) {
            this.notification.add(_t("%s was not entered: press Enter after a quantity.", typed), {
                type: "warning",
            });
        }
        let result;
        try {
            result = await this.orm.call(SESSION, "action_scan", [
                [this.sessionId],
                barcode,
                this.scan.location?.location_id || false,
            ]);
        } catch (error) {
            this.onRefused(error, error.data?.context?.stockex_unknown_barcode || false);
            return;
        }
        if (result.type === "location") {
            this.scan.location = result;
            this.scan.last = null;
            return;
        }
        await this.showLast(result);
    }

    async onQuantity(text) {
        const lineId = this.scan.last?.lineId;
        if (!lineId) {
            throw new Error(_t("%s was not entered: scan the product first.", text));
        }
        const item = {
            line_id: lineId,
            quantity: parseQuantity(text),
            uuid: uuid() + uuid(),
            mode: "set",
        };
        const [line] = await this.orm.call(SESSION, "action_record", [[this.sessionId], [item]]);
        await this.showLast(line);
    }

    /** Show a line that was just counted: its row, and what the bar says of it. */
    async showLast(line) {
        const left = await this.lines.refresh([line.line_id]);
        this.live.add(left);
        const record = this.lines.find(line.line_id);
        this.scan.last = {
            lineId: line.line_id,
            text: [line.product, line.lot, line.location].filter(Boolean).join(" · "),
            counted: formatFloat(line.counted, { trailingZeros: false }),
            uom: line.uom,
            isOnPage: Boolean(record),
        };
        if (record) {
            const row = this.rootRef.el?.querySelector(`.o_data_row[data-id="${record.id}"]`);
            row?.scrollIntoView({ block: "nearest" });
        }
    }

    /** Filter on the last line, wherever its page is. */
    showLine() {
        const { lineId, text } = this.scan.last;
        const { searchModel } = this.env;
        searchModel.clearQuery();
        searchModel.createNewFilters([{ description: text, domain: [["id", "=", lineId]] }]);
        this.scan.last = { ...this.scan.last, isOnPage: true };
    }

    clearLocation() {
        this.scan.location = null;
    }

    // --- Buttons and keys ---

    /** After the scans that are on their way: the last count is theirs. */
    undo() {
        this.enqueue(() => this.takeBack());
    }

    async takeBack() {
        let taken;
        try {
            taken = await this.orm.call(SESSION, "action_undo", [[this.sessionId]]);
        } catch (error) {
            const text = error.data?.message || error.message;
            this.notification.add(text, { type: "warning" });
            return;
        }
        const quantity = formatFloat(taken.quantity, { trailingZeros: false });
        this.notification.add(_t("Taken back: %s × %s", quantity, taken.product), {
            type: "info",
        });
        await this.showLast(taken);
    }

    /** The row that is edited or has the focus. */
    get currentRecord() {
        const row = document.activeElement?.closest(".o_data_row");
        const { root } = this.model;
        return root.editedRecord || root.records.find(({ id }) => id === row?.dataset.id);
    }

    async countNone() {
        const record = this.currentRecord;
        if (record?.data.state !== "pending") {
            return;
        }
        if (record.isInEdition) {
            await record.discard();
        }
        await this.orm.call("stockex.count.line", "action_count_zero", [[record.resId]]);
        await record.load();
    }

    countUnits() {
        if (this.currentRecord) {
            openUnits(this.dialogService, this.currentRecord);
        }
    }

    addUnexpected() {
        this.openWizard("stockex.count_add_line_action");
    }

    keepUnknown() {
        this.openWizard("stockex.count_keep_unknown_action", {
            default_barcode: this.scan.last.barcode,
        });
    }

    openWizard(action, context = {}) {
        this.action.doAction(action, {
            additionalContext: {
                default_session_id: this.sessionId,
                default_location_id: this.scan.location?.location_id || false,
                ...context,
            },
            onClose: (infos) => {
                if (infos?.kept) {
                    this.scan.last = null;
                    this.notification.add(_t("Kept for the controller."), { type: "success" });
                }
                this.live.add([], true);
            },
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
    Renderer: CountListRenderer,
});
