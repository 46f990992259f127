import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { PhotosDialog } from "./photos_dialog";

/** The number of photos of a line; opens them. */
export class CountPhotos extends Component {
    static template = "stockex.CountPhotos";
    static props = { ...standardFieldProps };

    setup() {
        this.dialog = useService("dialog");
    }

    get count() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        return this.count ? _t("Photos (%s)", this.count) : _t("Add a photo");
    }

    open() {
        const { record, name } = this.props;
        this.dialog.add(PhotosDialog, {
            lineId: record.resId,
            title: _t("Photos: %s", record.data.product_id.display_name),
            isOpen: record.data.session_state === "counting",
            onChanged: (count) => record._applyValues({ [name]: count }),
        });
    }
}

registry.category("fields").add("stockex_count_photos", {
    component: CountPhotos,
    label: false,
    supportedTypes: ["integer"],
    fieldDependencies: [{ name: "session_state", type: "selection", readonly: true }],
});
