import { Component } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";

import { scatter } from "./route_layout";

const SIDE_PX = 300;

/** Where the handheld said it was, drawn to scale; north is up. */
export class RoutePositions extends Component {
    static template = "stockex_mobile_api.RoutePositions";
    static props = { positions: Array, zone: String };

    setup() {
        this.side = SIDE_PX;
    }

    get picture() {
        return scatter(this.props.positions, this.side);
    }

    title(index) {
        const { at, name } = this.props.positions[index];
        const moment = deserializeDateTime(at).setZone(this.props.zone);
        return [name, moment.toLocaleString(luxon.DateTime.TIME_SIMPLE)]
            .filter(Boolean)
            .join(" · ");
    }
}
