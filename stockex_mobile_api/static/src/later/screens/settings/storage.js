import { Component, onWillStart, useState } from "@odoo/owl";

import { _t } from "../../../app/ui/i18n.js";
import { sizeText } from "../../size_text.js";
import { giveFile, queueFile } from "./queue_file.js";

/** What the application is and holds, and the last way out for what cannot be sent. */
export class Storage extends Component {
    static template = "stockex_mobile_api.ScanStorage";
    static props = { services: Object, turn: Number };

    setup() {
        this.state = useState({ room: null, trouble: "" });
        onWillStart(() => this.measure());
    }

    async measure() {
        const { storage } = this.props.services.window.navigator;
        const { usage, quota } = (await storage?.estimate?.().catch(() => null)) ?? {};
        this.state.room = quota ? { used: usage, free: Math.max(0, quota - usage) } : null;
    }

    get room() {
        const { room } = this.state;
        return room
            ? _t("%(used)s used, %(free)s free.", {
                  used: sizeText(room.used),
                  free: sizeText(room.free),
              })
            : _t("This browser does not tell how much room is left.");
    }

    get version() {
        const { me, window } = this.props.services;
        return [me?.app_version, window.document.body.dataset.version].filter(Boolean).join(" · ");
    }

    async export() {
        const { services } = this.props;
        this.state.trouble = "";
        try {
            await giveFile(await queueFile(services, new Date()), services.window);
        } catch (error) {
            this.state.trouble = error.message;
        }
    }
}
