import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { uuid } from "@web/core/utils/strings";
import { formatFloat } from "@web/views/fields/formatters";

import { parseQuantity } from "../quantity/parse_quantity";

const SESSION = "stockex.count.session";

/** Count one line in boxes, dozens, pieces: a quantity each, their total live. */
export class UnitsDialog extends Component {
    static template = "stockex.UnitsDialog";
    static components = { Dialog };
    static props = { sessionId: Number, lineId: Number, onCounted: Function, close: Function };

    setup() {
        this.orm = useService("orm");
        this.uuid = uuid() + uuid();
        this.state = useState({ units: [], title: "", uom: "", error: "", isBusy: false });
        useAutofocus({ refName: "first" });
        onWillStart(() => this.load());
    }

    async load() {
        const found = await this.orm.call("stockex.count.line", "action_units", [
            [this.props.lineId],
        ]);
        this.state.title = found.line;
        this.state.uom = found.uom;
        this.state.units = found.units.map((unit) => ({ ...unit, text: "" }));
    }

    /** What was typed, or null if a field holds no number. */
    get parts() {
        try {
            return this.state.units
                .filter((unit) => unit.text.trim())
                .map((unit) => ({
                    uom_id: unit.id,
                    quantity: parseQuantity(unit.text),
                    factor: unit.factor,
                }));
        } catch {
            return null;
        }
    }

    get total() {
        const { parts } = this;
        if (!parts) {
            return "–";
        }
        const sum = parts.reduce((before, part) => before + part.quantity * part.factor, 0);
        return formatFloat(sum, { trailingZeros: false });
    }

    contents(unit) {
        return formatFloat(unit.factor, { digits: [16, 4], trailingZeros: false });
    }

    async onSave() {
        const { parts } = this;
        if (!parts?.length) {
            this.state.error = parts
                ? _t("Type how many you found, at least in one unit.")
                : _t("One of the quantities is not a number.");
            return;
        }
        this.state.isBusy = true;
        this.state.error = "";
        try {
            await this.orm.call(SESSION, "action_record", [
                [this.props.sessionId],
                [
                    {
                        line_id: this.props.lineId,
                        uuid: this.uuid,
                        mode: "set",
                        parts: parts.map(({ uom_id, quantity }) => ({ uom_id, quantity })),
                    },
                ],
            ]);
        } catch (error) {
            this.state.error = error.data?.message || error.message;
            return;
        } finally {
            this.state.isBusy = false;
        }
        this.props.close();
        await this.props.onCounted();
    }
}
