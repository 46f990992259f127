import { Component, onWillStart, useState } from "@odoo/owl";

import { Tasks } from "../screens/tasks/tasks.js";
import { _t } from "./i18n.js";
import { more } from "./more.js";
import { SCREEN_PROPS } from "./router.js";

/**
 * Screens of the second bundle: address → module and class. The word in the address is
 * short; a word that is not here shows the counts.
 */
const SCREENS = {
    adhoc: ["screens/adhoc/adhoc", "Adhoc"],
    map: ["screens/map/map", "ZoneMap"],
    lookup: ["screens/lookup/lookup", "Lookup"],
    queue: ["screens/queue/queue", "Queue"],
    settings: ["screens/settings/settings", "Settings"],
};

/** Shows a screen that comes with the second bundle, and what to do if that cannot be had. */
export class Later extends Component {
    static template = "stockex_mobile_api.ScanLater";
    static props = SCREEN_PROPS;

    setup() {
        this.state = useState({ screen: null, trouble: "" });
        onWillStart(() => this.load());
    }

    async load() {
        const [path, name] = SCREENS[this.props.name] ?? [];
        this.state.trouble = "";
        if (!path) {
            this.state.screen = Tasks;
            return;
        }
        try {
            this.state.screen = (await more(path))[name];
        } catch {
            this.state.trouble = _t(
                "This part is not on the device yet. Connect once to fetch it."
            );
        }
    }
}
