import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A template shows no object: lists are joined, what lies deeper is written as JSON. */
function asText(value) {
    if (value === null) {
        return "–";
    }
    if (Array.isArray(value)) {
        return value.map(asText).join(", ");
    }
    return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Shows the keys and values of a JSON field as text. */
export class JsonField extends Component {
    static template = "stockex.JsonField";
    static props = { ...standardFieldProps };

    get entries() {
        const values = this.props.record.data[this.props.name] || {};
        return Object.entries(values)
            .filter(([, value]) => value !== null && value !== "")
            .map(([key, value]) => [key, asText(value)]);
    }
}

registry.category("fields").add("stockex_json", {
    component: JsonField,
    supportedTypes: ["json"],
});
