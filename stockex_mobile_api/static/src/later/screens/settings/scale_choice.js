import { Component, useState } from "@odoo/owl";

import { _t } from "../../../app/ui/i18n.js";

export const SPEEDS = [1200, 2400, 4800, 9600, 19200, 38400];

/** Which scale this device reads: one on a cable, one that types, or none. */
export class ScaleChoice extends Component {
    static template = "stockex_mobile_api.ScanScaleChoice";
    static props = { services: Object, turn: Number };

    setup() {
        this.state = useState({ trouble: "", bound: false });
    }

    get serial() {
        return this.props.services.window.navigator.serial;
    }

    get kinds() {
        return [
            { code: "none", name: _t("None") },
            ...(this.serial ? [{ code: "serial", name: _t("On a cable (serial port)") }] : []),
            { code: "keys", name: _t("One that types its weight like a keyboard") },
        ];
    }

    get kind() {
        return this.props.services.settings.scale ?? "none";
    }

    get speeds() {
        return SPEEDS;
    }

    get speed() {
        return this.props.services.settings.scale_baud ?? 9600;
    }

    /** Have the user show which port it is; the browser remembers. */
    async bind() {
        Object.assign(this.state, { trouble: "", bound: false });
        try {
            await this.serial.requestPort();
            this.state.bound = true;
        } catch (error) {
            this.state.trouble =
                error.name === "NotFoundError"
                    ? _t("No scale was chosen. Put its cable in, and choose its port.")
                    : _t("The browser does not allow it: ask your administrator.");
        }
    }
}
