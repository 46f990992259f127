import { Component, useEffect, useRef } from "@odoo/owl";
import { getActiveHotkey } from "@web/core/hotkeys/hotkey_service";
import { registry } from "@web/core/registry";
import { useBus } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { parseQuantity } from "../quantity/parse_quantity";

const COMMIT_KEYS = ["enter", "tab", "shift+tab", "arrowup", "arrowdown"];

/**
 * What this person counted: empty until they did, so that zero is a count of its own.
 *
 * Odoo's number field sends nothing when 0 is typed over 0; here the row says apart from
 * the number whether it was counted (`my_counted`).
 */
export class CountQuantity extends Component {
    static template = "stockex.CountQuantity";
    static props = { ...standardFieldProps };

    setup() {
        this.input = useRef("input");
        this.isDirty = false;
        this.isEntered = false;
        useEffect(() => {
            const { shown } = this;
            const isInvalid = this.props.record.isFieldInvalid(this.props.name);
            if (this.input.el && !this.isDirty && !isInvalid) {
                this.input.el.value = shown;
            }
        });
        const { bus } = this.props.record.model;
        useBus(bus, "WILL_SAVE_URGENTLY", () => this.commit());
        useBus(bus, "NEED_LOCAL_CHANGES", ({ detail }) => detail.proms.push(this.commit()));
    }

    get isCounted() {
        const { record, name } = this.props;
        const { my_counted: counted, [name]: value } = record.data;
        return counted || Boolean(value) || (this.isEntered && record.dirty);
    }

    get shown() {
        const { record, name } = this.props;
        const value = record.data[name];
        return this.isCounted ? formatFloat(value, { field: record.fields[name] }) : "";
    }

    onInput() {
        this.isDirty = true;
        const { record, name } = this.props;
        record.model.bus.trigger("FIELD_IS_DIRTY", true);
        if (!record.isValid) {
            record.resetFieldValidity(name);
        }
    }

    onKeydown(event) {
        if (COMMIT_KEYS.includes(getActiveHotkey(event))) {
            this.commit();
        }
    }

    async commit() {
        const { record, name } = this.props;
        if (!this.input.el || !this.isDirty) {
            return;
        }
        this.isDirty = false;
        const text = this.input.el.value.trim();
        let value;
        try {
            value = text ? parseQuantity(text) : null;
        } catch {
            record.setInvalidField(name);
            return;
        }
        if (value === null || (this.isCounted && value === record.data[name])) {
            this.input.el.value = this.shown;
        } else {
            this.isEntered = true;
            await record.update({ [name]: value });
        }
        record.model.bus.trigger("FIELD_IS_DIRTY", false);
    }
}

registry.category("fields").add("stockex_count_quantity", {
    component: CountQuantity,
    supportedTypes: ["float"],
    isEmpty: () => false,
    fieldDependencies: [{ name: "my_counted", type: "boolean", readonly: true }],
});
