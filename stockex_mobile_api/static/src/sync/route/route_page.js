import {
    Component,
    markRaw,
    onMounted,
    onWillStart,
    onWillUnmount,
    useRef,
    useState,
} from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { registry } from "@web/core/registry";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { parts } from "./route_layout";
import { RouteMap } from "./route_map";
import { RoutePositions } from "./route_positions";
import { RouteTimeline } from "./route_timeline";

const { DateTime } = luxon;
const LEAST_WIDTH = 320;

/** A counter's day: on a time axis, as a way through the zone, and as a table. */
export class RoutePage extends Component {
    static template = "stockex_mobile_api.RoutePage";
    static components = { Layout, RecordSelector, RouteMap, RoutePositions, RouteTimeline };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.last = new KeepLast();
        this.root = useRef("root");
        this.timeOf = this.time.bind(this);
        this.display = { controlPanel: {} };
        this.state = useState({ found: null, width: 900, chosen: null });
        onWillStart(() => {
            const { user_id: userId, day, session_id: sessionId } = this.props.action.params ?? {};
            return this.load(userId ?? null, day ?? null, sessionId ?? null);
        });
        // The pictures are as wide as there is room; their texts keep their size.
        const observer = new ResizeObserver(([{ contentRect }]) => {
            this.state.width = Math.max(LEAST_WIDTH, Math.floor(contentRect.width));
        });
        onMounted(() => observer.observe(this.root.el));
        onWillUnmount(() => observer.disconnect());
    }

    async load(userId, day, sessionId) {
        const found = await this.last.add(
            this.orm.call("stockex.sync.route", "route", [userId, day, sessionId])
        );
        for (const span of [...found.stops, ...found.gaps]) {
            span.startMs = deserializeDateTime(span.start).toMillis();
            span.endMs = deserializeDateTime(span.end).toMillis();
        }
        // Deep proxies of thousands of rows would cost more than drawing them.
        Object.assign(this.state, { chosen: null, found: markRaw(found) });
    }

    get found() {
        return this.state.found;
    }

    // --- Choosing ---

    get userId() {
        return this.found.user?.id ?? false;
    }

    get people() {
        return this.found.people.filter((one) => one.id !== this.userId);
    }

    get userDomain() {
        return [
            ["share", "=", false],
            ["company_ids", "in", user.context.allowed_company_ids],
        ];
    }

    get sessionId() {
        return this.found.session?.id ?? null;
    }

    chooseUser(userId) {
        return this.load(userId || null, this.found.day, this.sessionId);
    }

    chooseDay(day) {
        return day && this.load(this.userId || null, day, this.sessionId);
    }

    step(days) {
        return this.chooseDay(DateTime.fromISO(this.found.day).plus({ days }).toISODate());
    }

    allSessions() {
        return this.load(this.userId || null, this.found.day, null);
    }

    exportXlsx() {
        const query = new URLSearchParams({ day: this.found.day });
        if (this.userId) {
            query.set("user", this.userId);
        }
        if (this.sessionId) {
            query.set("session", this.sessionId);
        }
        const url = `/stockex/handheld/route.xlsx?${query}`;
        return this.action.doAction({ type: "ir.actions.act_url", url, target: "self" });
    }

    choose(index) {
        this.state.chosen = index;
        document.querySelector(`.o_stockex_route_row_${index}`)?.scrollIntoView({
            block: "nearest",
        });
    }

    // --- Showing ---

    get offsetMin() {
        return DateTime.fromMillis(this.found.stops[0].startMs, { zone: this.found.zone }).offset;
    }

    get dayText() {
        return DateTime.fromISO(this.found.day).toLocaleString(DateTime.DATE_HUGE);
    }

    dateText(day) {
        return DateTime.fromISO(day).toLocaleString(DateTime.DATE_MED);
    }

    /** By the clock that the day was cut out by, whatever the browser's says. */
    time(ms) {
        const { zone } = this.found;
        return DateTime.fromMillis(ms, { zone }).toLocaleString(DateTime.TIME_SIMPLE);
    }

    duration(seconds) {
        const { hours, minutes, seconds: rest } = parts(seconds);
        if (hours) {
            return _t("%(hours)s h %(minutes)s min", { hours, minutes });
        }
        if (!minutes) {
            return _t("%(seconds)s s", { seconds: rest });
        }
        return minutes >= 10 || !rest
            ? _t("%(minutes)s min", { minutes })
            : _t("%(minutes)s min %(seconds)s s", { minutes, seconds: rest });
    }

    number(value) {
        return value === null ? "–" : value.toLocaleString(user.lang);
    }

    get tiles() {
        const { totals } = this.found;
        return [
            { label: _t("Lines"), value: this.number(totals.lines) },
            { label: _t("Locations"), value: this.number(totals.locations) },
            { label: _t("Time at work"), value: this.duration(totals.seconds) },
            { label: _t("Lines an hour"), value: this.number(totals.per_hour) },
            {
                label: _t("Gaps over 10 min"),
                value: totals.gaps
                    ? `${totals.gaps} (${this.duration(totals.gap_s)})`
                    : this.number(0),
            },
            { label: _t("Counted again"), value: this.number(totals.again) },
            { label: _t("Conflicts"), value: this.number(totals.conflicts), bad: totals.conflicts },
            { label: _t("Rejected"), value: this.number(totals.rejected), bad: totals.rejected },
        ];
    }
}

registry.category("actions").add("stockex_mobile_api.route", RoutePage);
