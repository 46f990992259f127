import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

import { isFinished, isLocal, sessionsOf } from "../../count/sessions.js";
import { SLICES } from "../../store/schema.js";
import { Hints } from "../../ui/hints.js";
import { _t, locale, quantity } from "../../ui/i18n.js";
import { SCREEN_PROPS, writeHash } from "../../ui/router.js";

/** The counts that wait for this counter, with their zones and how far they are. */
export class Tasks extends Component {
    static template = "stockex_mobile_api.ScanTasks";
    static components = { Hints };
    static props = SCREEN_PROPS;

    setup() {
        this.state = useState({ tasks: [], isFirst: false });
        onWillStart(() => this.load());
        onWillUpdateProps(() => this.load());
    }

    async load() {
        const { store, me } = this.props.services;
        const sessions = await sessionsOf(store, me?.user.id);
        // Until all was fetched once, a scan may not be known; later, nobody has to wait.
        this.state.isFirst = !(await store.get("meta", `version:${SLICES.at(-1)}`));
        this.state.tasks = sessions.map((session) => {
            const mine = session.zones.filter((zone) => zone.mine);
            const zones = mine.length ? mine : session.zones;
            // Without zones everybody counts everywhere.
            const parts = zones.length ? zones : [session];
            const lines = parts.reduce((sum, part) => sum + part.lines, 0);
            const counted = parts.reduce((sum, part) => sum + part.counted, 0);
            return {
                session,
                lines,
                zones: zones.map((zone) => zone.name).join(", "),
                // All but one of a thousand is not everything.
                share: lines ? Math.floor((100 * counted) / lines) : 0,
                text: this.text(session, lines, counted),
                deadline: this.deadline(session),
                href: writeHash("count", session.id),
            };
        });
    }

    deadline({ deadline }) {
        const day = deadline && new Date(deadline);
        const form = { day: "numeric", month: "long" };
        return day && _t("Until %(day)s", { day: day.toLocaleDateString(locale(), form) });
    }

    text(session, lines, counted) {
        if (session.refused) {
            return session.refused;
        }
        if (isLocal(session)) {
            return _t("Begun on this device, not sent yet");
        }
        if (isFinished(session)) {
            return _t("You said that your part is finished");
        }
        return lines
            ? _t("%(counted)s of %(lines)s lines", {
                  counted: quantity(counted),
                  lines: quantity(lines),
              })
            : _t("Nothing expected here yet");
    }

    get mayBegin() {
        return this.props.services.me?.companies.some((company) => company.adhoc);
    }

    get loading() {
        const { progress } = this.props.services;
        if (!progress || !this.state.isFirst) {
            return null;
        }
        const { done, total } = progress;
        return {
            text: _t("Fetching %(done)s of %(total)s …", progress),
            share: total ? Math.round((100 * done) / total) : 0,
        };
    }
}
