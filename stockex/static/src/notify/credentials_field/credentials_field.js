import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The generic form of what a service asks for: one labelled input each, secrets hidden. */
export class CredentialsField extends Component {
    static template = "stockex.CredentialsField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.typed = new Map();
        // Saving by keyboard does not leave the input first.
        useBus(this.props.record.model.bus, "NEED_LOCAL_CHANGES", (ev) =>
            ev.detail.proms.push(this.commit())
        );
    }

    get credentials() {
        return this.props.record.data[this.props.name].records;
    }

    placeholder({ data }) {
        return data.is_secret && data.is_set ? "••••••••••••" : data.placeholder || "";
    }

    onInput(credential, ev) {
        this.typed.set(credential, ev.target.value);
        this.props.record.model.bus.trigger("FIELD_IS_DIRTY", true);
    }

    async commit() {
        const typed = [...this.typed];
        this.typed.clear();
        await Promise.all(
            typed.map(([credential, text]) => credential.update({ value: text.trim() || false }))
        );
    }

    async clear(credential) {
        await this.orm.call("stockex.notify.credential", "action_clear", [[credential.resId]]);
        await this.props.record.load();
    }
}

registry.category("fields").add("stockex_credentials", {
    component: CredentialsField,
    supportedTypes: ["one2many"],
    relatedFields: [
        { name: "name", type: "char", readonly: false },
        { name: "sequence", type: "integer", readonly: false },
        { name: "label", type: "char" },
        { name: "help_text", type: "char" },
        { name: "placeholder", type: "char" },
        { name: "is_secret", type: "boolean" },
        { name: "is_required", type: "boolean" },
        { name: "is_set", type: "boolean" },
        { name: "value", type: "char", readonly: false },
    ],
});
