import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { ROW_PX, timeline } from "./route_layout";

const HEAD_PX = 22;
// Names of locations need it; a narrow screen gives them less.
const LABEL_PX = 150;
const NARROW_PX = 600;

/** A counter's stops on a time axis, a row a location. */
export class RouteTimeline extends Component {
    static template = "stockex_mobile_api.RouteTimeline";
    static props = {
        stops: Array,
        gaps: Array,
        width: Number,
        offsetMin: Number,
        chosen: { type: [Number, { value: null }], optional: true },
        time: Function,
        onChoose: Function,
    };

    setup() {
        this.rowPx = ROW_PX;
        this.headPx = HEAD_PX;
    }

    get left() {
        return this.props.width < NARROW_PX ? 80 : LABEL_PX;
    }

    get picture() {
        const { stops, gaps, width, offsetMin } = this.props;
        return timeline(stops, gaps, { left: this.left, width: width - 24, offsetMin });
    }

    shortened(text) {
        const most = Math.floor(this.left / 8);
        return text.length > most ? `${text.slice(0, most - 1)}…` : text;
    }

    title(index) {
        const { stops, time } = this.props;
        const stop = stops[index];
        return _t("%(number)s. %(location)s, %(from)s to %(to)s, lines: %(lines)s", {
            number: index + 1,
            location: stop.name,
            from: time(stop.startMs),
            to: time(stop.endMs),
            lines: stop.lines,
        });
    }

    kind(index) {
        const { conflicts, rejected, again } = this.props.stops[index];
        return conflicts || rejected ? "o_bad" : again ? "o_again" : "";
    }
}
