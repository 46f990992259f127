import { Component } from "@odoo/owl";

import { _t } from "../../../app/ui/i18n.js";
import { SCREEN_PROPS } from "../../../app/ui/router.js";
import { answerKey, follow } from "../../position/position.js";
import { Push } from "../../push/push.js";
import { ScaleChoice } from "./scale_choice.js";
import { SignOut } from "./sign_out.js";
import { Storage } from "./storage.js";

/** What this device looks and sounds like, and who uses it. */
export class Settings extends Component {
    static template = "stockex_mobile_api.ScanSettings";
    static components = { Push, ScaleChoice, SignOut, Storage };
    static props = SCREEN_PROPS;

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

    get deviceName() {
        const { settings, me } = this.props.services;
        return settings.device_name ?? me?.device.name ?? "";
    }

    /** Choices that are on or off, with what they are if nobody chose. */
    get switches() {
        return [
            { name: "sound", label: _t("Sound"), usual: true },
            { name: "vibration", label: _t("Vibration"), usual: true },
            { name: "left_handed", label: _t("Left hand"), usual: false },
            { name: "large", label: _t("Larger text"), usual: false },
        ];
    }

    isOn({ name, usual }) {
        return this.props.services.settings[name] ?? usual;
    }

    async rename(text) {
        const { services } = this.props;
        const name = text.trim();
        if (name) {
            await services.set("device_name", name);
            await services.set("device_renamed", true);
            await services.hello();
        }
    }

    async set(name, value) {
        const { services } = this.props;
        await services.set(name, value);
        if (name === "sound" || name === "vibration") {
            // What was chosen is heard or felt at once.
            services.feedback.right();
        }
    }

    // --- Voice and position ---

    get voice() {
        const { voice, settings } = this.props.services;
        return { isThere: Boolean(voice?.isThere), isOn: settings.voice ?? true };
    }

    async setVoice(isOn) {
        const { services } = this.props;
        await services.set("voice", isOn);
        if (!isOn && services.voice.isOn) {
            await services.voice.toggle();
        }
    }

    get isPositionWanted() {
        return Boolean(this.props.services.me?.settings?.position);
    }

    get isPositionGiven() {
        const { services } = this.props;
        return services.settings[answerKey(services)] === "yes";
    }

    async givePosition(isGiven) {
        const { services } = this.props;
        await services.set(answerKey(services), isGiven ? "yes" : "no");
        if (!isGiven) {
            follow(services);
        }
    }
}
