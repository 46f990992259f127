import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";

import { Count } from "./screens/count/count.js";
import { Tasks } from "./screens/tasks/tasks.js";
import { _t } from "./ui/i18n.js";
import { Later } from "./ui/later.js";
import { readHash } from "./ui/router.js";
import { Trail } from "./ui/trail.js";
import { ServerState } from "./ui/server_state.js";
import { Welcome } from "./ui/welcome.js";

/** Screens by the name that the address has for them; all others are in the second bundle. */
export const SCREENS = { tasks: Tasks, count: Count };

export class Root extends Component {
    static template = "stockex_mobile_api.ScanRoot";
    static components = { ServerState, Welcome };
    static props = { services: Object };

    setup() {
        this.state = useState({ ...readHash(location.hash), turn: 0 });
        this.trail = new Trail(location.hash || "#tasks");
        const follow = () => {
            this.trail.follow(location.hash || "#tasks");
            Object.assign(this.state, readHash(location.hash));
        };
        onMounted(() => {
            window.addEventListener("hashchange", follow);
            this.stop = this.props.services.on(() => {
                this.state.turn += 1;
            });
        });
        onWillUnmount(() => {
            window.removeEventListener("hashchange", follow);
            this.stop();
        });
    }

    get screen() {
        return SCREENS[this.state.screen] ?? Later;
    }

    /** A screen is made anew when it shows another record. */
    get key() {
        return [this.state.screen, this.state.id ?? ""].join("/");
    }

    /** Show a screen of the bar: they stand beside one another, none behind another. */
    open(event) {
        const link = event.target.closest("[data-bar]");
        if (link) {
            event.preventDefault();
            const hash = link.getAttribute("href");
            if (hash === location.hash) {
                return;
            }
            if (this.trail.way(hash) === "back") {
                history.back();
            } else {
                location.replace(hash);
            }
        }
    }

    get tabs() {
        const unsent = this.props.services.unsent;
        return [
            { name: "tasks", icon: "tasks", label: _t("My counts") },
            { name: "lookup", icon: "lookup", label: _t("Look up") },
            { name: "queue", icon: "queue", label: _t("Queue"), badge: unsent || "" },
            { name: "settings", icon: "settings", label: _t("Settings") },
        ];
    }
}
