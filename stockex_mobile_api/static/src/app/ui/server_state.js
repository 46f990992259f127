import { Component } from "@odoo/owl";

import { FULL, OFFLINE, ONLINE, SIGNED_OUT } from "../sync/engine.js";
import { _t } from "./i18n.js";

const CLOCK_MS = 5 * 60 * 1000;

/** Says when the server is not reached, and what that means for the work: nothing is lost. */
export class ServerState extends Component {
    static template = "stockex_mobile_api.ScanServerState";
    static props = { services: Object, turn: Number };

    get notice() {
        const { engine, unsent } = this.props.services;
        const texts = {
            [ONLINE]: "",
            [OFFLINE]: unsent
                ? _t("No connection. Kept on this device and not yet sent: %(count)s.", {
                      count: unsent,
                  })
                : _t("No connection. You can go on: what you count is kept here."),
            [SIGNED_OUT]: _t("Sign in again to send what you count. Nothing is lost."),
            [FULL]: _t("This device is full: free some space. What was counted is safe."),
            device_revoked: _t("This device was blocked. Show it to your controller."),
            app_too_old: _t("A newer version is needed before anything can be sent."),
        };
        return texts[engine.state] ?? engine.message;
    }

    get icon() {
        return (
            { [OFFLINE]: "off", [SIGNED_OUT]: "user" }[this.props.services.engine.state] ?? "warn"
        );
    }

    get signedOut() {
        return this.props.services.engine.state === SIGNED_OUT;
    }

    get clock() {
        const offset = this.props.services.offset ?? 0;
        return Math.abs(offset) > CLOCK_MS
            ? _t("The clock of this device is wrong; times are corrected by the server.")
            : "";
    }
}
