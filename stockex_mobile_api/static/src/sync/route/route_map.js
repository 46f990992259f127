import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { walkway } from "./route_layout";

const CELL_PX = 44;
const SMALL_CELL_PX = 24;
// More places than this are drawn small, without their names.
const MANY = 150;
const LABEL_PX = 90;

/** The zone as its walking order has it, an aisle a row, and the way that was taken. */
export class RouteMap extends Component {
    static template = "stockex_mobile_api.RouteMap";
    static props = { places: Array, stops: Array, width: Number };

    get isSmall() {
        return this.props.places.length > MANY;
    }

    get cell() {
        return this.isSmall ? SMALL_CELL_PX : CELL_PX;
    }

    get picture() {
        const { places, stops, width } = this.props;
        return walkway(places, stops, { left: LABEL_PX, width: width - 24, cell: this.cell });
    }

    shortened(text) {
        return text.length > 11 ? `${text.slice(0, 10)}…` : text;
    }

    /** The end of a name tells neighbours apart. */
    ending(text) {
        return text.length > 5 ? `…${text.slice(-4)}` : text;
    }

    title(node) {
        return node.visits.length
            ? _t("%(location)s, lines: %(lines)s, stops: %(stops)s", {
                  location: node.name,
                  lines: node.lines,
                  stops: node.visits.join(", "),
              })
            : _t("%(location)s, lines: %(lines)s, not visited", {
                  location: node.name,
                  lines: node.lines,
              });
    }
}
