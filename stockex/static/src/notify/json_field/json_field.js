import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Shows the keys and values of a JSON field as text. */
export class JsonField extends Component {
    static template = "stockex.JsonField";
    static props = { ...standardFieldProps };

    get entries() {
        return Object.entries(this.props.record.data[this.props.name] || {});
    }
}

registry.category("fields").add("stockex_json", {
    component: JsonField,
    supportedTypes: ["json"],
});
