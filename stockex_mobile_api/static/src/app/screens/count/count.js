import {
    Component,
    onWillStart,
    onWillUnmount,
    onWillUpdateProps,
    status,
    useState,
} from "@odoo/owl";

import { CHOOSE, COUNTED, Counting, NEED_LOT, PLACE, UNKNOWN } from "../../count/counting.js";
import { isLeft } from "../../count/places.js";
import { isLocal, sessionOf } from "../../count/sessions.js";
import { walkOn } from "../../count/walk.js";
import { _t } from "../../ui/i18n.js";
import { Part } from "../../ui/part.js";
import { swipes } from "../../ui/swipe.js";
import { ScanBar } from "../../ui/scan_bar.js";
import { SCREEN_PROPS, writeHash } from "../../ui/router.js";
import { LastCount } from "./last_count.js";
import { LineList } from "./line_list.js";
import { CountParts } from "./parts.js";
import { amountOf, explain, explainError, nameOf } from "./texts.js";

/** Counting by scan: where I stand, what I counted last, what is left here, where to go next. */
export class Count extends Component {
    static template = "stockex_mobile_api.ScanCount";
    static components = { LastCount, LineList, Part, ScanBar };
    static props = SCREEN_PROPS;

    setup() {
        const { services } = this.props;
        this.state = useState({
            session: null,
            place: null,
            last: null,
            lines: [],
            notice: null,
            heard: "",
            choices: null,
            pad: null,
            photo: null,
            unknown: null,
            lot: null,
        });
        this.parts = new CountParts(this);
        this.stop = services.scan.on((scan) => this.onScan(scan.text, scan));
        this.stopVoice = services.voice?.on((said) => this.parts.onVoice(said));
        this.swipe = swipes({ left: () => this.goNext(), right: () => this.undo() });
        onWillStart(() => this.open());
        onWillUpdateProps(async () => {
            await this.follow();
            await this.refresh();
        });
        onWillUnmount(() => {
            this.stop();
            this.stopVoice?.();
        });
    }

    async open() {
        const { services, id, params } = this.props;
        const session = await sessionOf(services.store, id);
        this.state.session = session;
        if (!session || session.refused) {
            return;
        }
        this.counting = new Counting({
            session,
            store: services.store,
            act: (body, facts) => services.act(body, facts),
            shown: (target) => services.queue.shown(target),
        });
        const place = Number(params.place ?? this.remembered.getItem(this.key));
        this.counting.stand((await services.store.get("locations", place)) ?? null);
        await this.refresh();
    }

    /** Where the user stands outlives a page that the device threw away, and no closing. */
    get remembered() {
        return this.props.services.window.sessionStorage;
    }

    get key() {
        return `place:${this.props.id}`;
    }

    async refresh() {
        if (!this.counting) {
            return;
        }
        this.state.place = this.counting.place;
        if (this.counting.place) {
            this.remembered.setItem(this.key, this.counting.place.id);
        }
        this.state.lines = await this.counting.linesHere();
    }

    /** A count that was begun here gets its number, or the server does not take it. */
    async follow() {
        const { services, id } = this.props;
        const session = this.counting && (await sessionOf(services.store, id));
        if (session) {
            this.counting.session = session;
            this.state.session = session;
        }
    }

    // --- What comes in ---

    /** Do what a code says; answers whether that was all, or the user is asked something. */
    async onScan(text, { format, source } = {}) {
        if (!this.counting || this.state.session.refused) {
            return false;
        }
        Object.assign(this.state, { notice: null, heard: "" });
        if (!(await this.parts.isWeight(text, source))) {
            await this.take(() => this.counting.scan(text, { format, source }));
        }
        const { choices, lot, notice, unknown } = this.state;
        return !(choices || lot || notice || unknown);
    }

    /** Do what has an outcome; if the device cannot keep it, say so. Answers whether it did. */
    async take(work) {
        try {
            await this.show(await work());
            return true;
        } catch (error) {
            this.failed(error);
            return false;
        }
    }

    /** Show what became of a scan: a tone for the ear, a card for the eye. */
    async show(outcome) {
        const { feedback } = this.props.services;
        Object.assign(this.state, { choices: null, unknown: null, lot: null });
        if (outcome.kind === COUNTED) {
            feedback.right();
            this.state.last = outcome;
        } else if (outcome.kind === PLACE) {
            feedback.right();
            // It reads what is expected there: once is enough.
            await this.goTo(outcome.place);
            return;
        } else if (outcome.kind === CHOOSE) {
            feedback.unknown();
            this.state.choices = outcome;
        } else if (outcome.kind === NEED_LOT) {
            feedback.unknown();
            this.state.lot = { ...outcome, name: "" };
        } else if (outcome.kind === UNKNOWN) {
            feedback.unknown();
            this.state.unknown = { code: outcome.scan, text: outcome.text };
        } else {
            this.refuse(explain(outcome));
        }
        await this.refresh();
    }

    refuse(notice) {
        this.props.services.feedback.wrong();
        this.state.notice = notice;
    }

    failed(error) {
        this.refuse(explainError(error));
    }

    // --- What the user does ---

    choose(target) {
        return this.take(() => this.counting.choose(target, this.state.choices.source));
    }

    async giveLot() {
        const { target, source } = this.state.lot;
        const lotName = this.state.lot.name.trim();
        if (lotName) {
            await this.take(() => this.counting.choose({ ...target, lotName }, source));
        }
    }

    openPad(target) {
        this.state.pad = target.product ? target : null;
    }

    async closePad(typed) {
        const target = this.state.pad;
        this.state.pad = null;
        if (typed) {
            await this.put(target, typed.quantity, "pad", typed.parts);
        }
    }

    put(target, value, source, parts = null) {
        return this.take(() => this.counting.set(target, value, { source, parts }));
    }

    more(step, source = "pad") {
        const { target } = this.state.last;
        return this.take(() => this.counting.add(target, step, { source }));
    }

    async undo() {
        try {
            const undone = await this.counting.undo();
            this.state.last = null;
            this.state.notice = undone
                ? _t("Taken back: %(label)s.", { label: undone.label })
                : _t("Nothing to take back.");
            await this.refresh();
        } catch (error) {
            this.failed(error);
        }
    }

    /** Go on to the next place with something left. */
    async goNext() {
        const { place, notice } = await walkOn(this.props.services, this.counting);
        if (place) {
            await this.goTo(place);
        }
        this.state.notice = notice;
    }

    /** Stand in a place, which the address names: a reload comes back to it. */
    async goTo(place) {
        this.counting.stand(place);
        Object.assign(this.state, { last: null, notice: null });
        await this.refresh();
        // The browser takes its time over an address: the answer comes first.
        setTimeout(() => this.address(place));
    }

    /** Name the place in the address, unless another screen is shown by now. */
    address(place) {
        if (status(this) === "mounted" && this.counting.place === place) {
            history.replaceState(null, "", writeHash("count", this.props.id, { place: place.id }));
        }
    }

    // --- What is shown ---

    /** What a screen reader says of the last count. */
    get said() {
        const { last } = this.state;
        return last ? `${last.label}: ${amountOf(last.target, last.quantity)}` : "";
    }

    get left() {
        return this.state.lines.filter(isLeft).length;
    }

    get isLocal() {
        return isLocal(this.state.session);
    }

    nameOf(target) {
        return nameOf(target);
    }
}
