import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

import { advice } from "./advice.js";

const APPLE = /iPhone|iPad|iPod/;

/** Hints below the counts: how to begin, how to install, what does not work and who mends it. */
export class HintList extends Component {
    static template = "stockex_mobile_api.ScanHintList";
    static props = { services: Object, turn: Number, counts: Number };

    setup() {
        this.state = useState({ counted: 0 });
        onWillStart(() => this.load());
        onWillUpdateProps(() => this.load());
    }

    async load() {
        this.state.counted = await this.props.services.store.count("ops");
    }

    get hints() {
        const { services, counts } = this.props;
        const { navigator, isSecureContext, matchMedia } = services.window;
        return advice({
            isSecure: isSecureContext,
            isInstalled:
                matchMedia("(display-mode: standalone)").matches || navigator.standalone === true,
            canInstall: Boolean(services.install),
            isApple: APPLE.test(navigator.userAgent),
            counted: this.state.counted,
            counts,
            dismissed: services.settings.dismissed ?? [],
        });
    }

    dismiss(name) {
        const { services } = this.props;
        return services.set("dismissed", [...(services.settings.dismissed ?? []), name]);
    }

    async install() {
        const { services } = this.props;
        const { install } = services;
        services.install = null;
        await install.prompt();
        const { outcome } = await install.userChoice;
        if (outcome === "dismissed") {
            await this.dismiss("install");
        }
        services.changed();
    }
}
