import { Component, useState } from "@odoo/owl";

import { _t } from "../../../app/ui/i18n.js";
import { SCREEN_PROPS } from "../../../app/ui/router.js";
import { Push } from "../../push/push.js";

/** What this device looks and sounds like, and who uses it. */
export class Settings extends Component {
    static template = "stockex_mobile_api.ScanSettings";
    static components = { Push };
    static props = SCREEN_PROPS;

    setup() {
        this.state = useState({ refused: false });
    }

    get languages() {
        return [
            { code: "en_US", name: "English" },
            { code: "fr_FR", name: "Français" },
        ];
    }

    get themes() {
        return [
            { code: "auto", name: _t("As the device") },
            { code: "light", name: _t("Light") },
            { code: "dark", name: _t("Dark") },
            { code: "contrast", name: _t("High contrast") },
        ];
    }

    get language() {
        const { settings, me } = this.props.services;
        return settings.language ?? me?.user.lang ?? "en_US";
    }

    signOut() {
        const { services } = this.props;
        if (services.queue.unsent.some((kept) => kept.user === services.me?.user.id)) {
            // Signing out would leave work behind that only this person can send.
            this.state.refused = true;
            return;
        }
        services.window.location = "/web/session/logout?redirect=/stockex/scan";
    }
}
