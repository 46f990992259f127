import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { UnitsDialog } from "./units_dialog";

/** Open the dialog that counts a row in packagings and other units. */
export function openUnits(dialog, record) {
    dialog.add(UnitsDialog, {
        sessionId: record.data.session_id.id,
        lineId: record.resId,
        onCounted: async () => {
            // What was typed in the row before gives way to what the dialog counted.
            if (record.dirty) {
                await record.discard();
            }
            await record.load();
        },
    });
}

/** The button of a row. */
export class CountUnits extends Component {
    static template = "stockex.CountUnits";
    static props = { ...standardWidgetProps };

    setup() {
        this.dialog = useService("dialog");
    }

    open() {
        openUnits(this.dialog, this.props.record);
    }
}

registry.category("view_widgets").add("stockex_count_units", {
    component: CountUnits,
    listViewWidth: 40,
    fieldDependencies: [{ name: "session_id", type: "many2one", readonly: true }],
});
