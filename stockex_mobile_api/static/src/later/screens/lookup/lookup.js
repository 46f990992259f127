import { Component, onWillStart, onWillUnmount, onWillUpdateProps, useState } from "@odoo/owl";

import { ONLINE } from "../../../app/sync/engine.js";
import { _t, locale } from "../../../app/ui/i18n.js";
import { SCREEN_PROPS, writeHash } from "../../../app/ui/router.js";
import { ScanBar } from "../../../app/ui/scan_bar.js";
import * as ASK from "../../lookup/ask.js";
import { figuresTag, moment } from "../../lookup/formats.js";
import { lastOf, remember } from "../../lookup/history.js";
import { lookOnDevice, ownCounts } from "../../lookup/on_device.js";
import { notesOf, paramsOfScan, questionOf, subjectOf } from "../../lookup/subject.js";
import { Card } from "./card.js";

/** What something is, how much there is of it and where: `#lookup?code=…`, `#lookup?lot=7`. */
export class Lookup extends Component {
    static template = "stockex_mobile_api.ScanLookup";
    static components = { Card, ScanBar };
    static props = SCREEN_PROPS;

    setup() {
        const { services } = this.props;
        this.state = useState({
            subject: subjectOf(this.props.params),
            stage: null,
            answer: null,
            error: "",
            mine: [],
            history: [],
        });
        this.stop = services.scan.on((scan) => this.onScan(scan));
        onWillStart(() => this.begin());
        onWillUpdateProps((next) => this.follow(next));
        onWillUnmount(() => {
            this.stop();
            this.run = null;
        });
    }

    async begin() {
        const { store, me } = this.props.services;
        this.user = me?.user.id;
        this.state.history = me ? await lastOf(store, me.user.id) : [];
        // The answer comes when it comes: the screen is there at once.
        this.look();
    }

    /** Another address is another thing; anything else may have changed what was counted. */
    async follow({ params }) {
        const subject = subjectOf(params);
        if (this.user !== this.props.services.me?.user.id) {
            // Somebody else signed in: what the one before saw is not for their eyes.
            Object.assign(this.state, {
                subject,
                answer: null,
                stage: null,
                history: [],
                mine: [],
            });
            await this.begin();
            return;
        }
        if (JSON.stringify(subject) === JSON.stringify(this.state.subject)) {
            await this.showOwn(this.run);
            return;
        }
        Object.assign(this.state, { subject, answer: null, stage: null, error: "", mine: [] });
        this.look();
    }

    // --- Asking ---

    async look({ isScan = false } = {}) {
        const { services } = this.props;
        const { subject } = this.state;
        const run = {};
        this.run = run;
        if (!subject) {
            return;
        }
        const question = questionOf(subject);
        const facts = { now: new Date(), companies: services.me?.companies };
        await ASK.lookUp({
            ask: question && (() => services.call("lookup", question)),
            here: () => lookOnDevice(services.store, subject, facts),
            wait: (ms) => new Promise((resolve) => services.window.setTimeout(resolve, ms)),
            show: (stage, answer, error) => this.show(run, { stage, answer, error }),
        });
        if (isScan && this.run === run) {
            const { feedback } = services;
            this.state.answer?.status === "unknown" ? feedback.unknown() : feedback.right();
        }
    }

    async show(run, { stage, answer, error }) {
        if (this.run !== run) {
            return;
        }
        Object.assign(this.state, { stage, answer, error: error?.message ?? "" });
        this.tellEngine(stage, error);
        await this.showOwn(run);
        const { store, me } = this.props.services;
        if (answer.card && me && stage !== ASK.ASKING && this.run === run) {
            this.state.history = await remember(store, me.user.id, answer.card);
        }
    }

    /** The whole application should know that the server is gone, or is there again. */
    tellEngine(stage, error) {
        const { services } = this.props;
        if (error && error.code !== "invalid") {
            services.notReached(error);
        } else if (stage === ASK.SERVER && services.engine.state !== ONLINE && !error) {
            services.engine.wake();
        }
    }

    async showOwn(run) {
        const { store, queue, me } = this.props.services;
        const { card } = this.state.answer ?? {};
        const mine = card && me ? await ownCounts(store, queue, me.user.id, card) : [];
        if (this.run === run) {
            this.state.mine = mine;
        }
    }

    // --- What comes in ---

    onScan(scan) {
        const target = writeHash("lookup", null, paramsOfScan(scan));
        this.state.subject = subjectOf(paramsOfScan(scan));
        Object.assign(this.state, { answer: null, stage: null, error: "", mine: [] });
        this.props.services.window.location.hash = target;
        return this.look({ isScan: true });
    }

    again() {
        return this.look();
    }

    /** Go to what was shown before; to the start of the screen if that was elsewhere. */
    back() {
        const { window } = this.props.services;
        const { navigation } = window;
        const before = navigation?.entries()[navigation.currentEntry.index - 1];
        if (before && new URL(before.url).pathname === window.location.pathname) {
            window.history.back();
        } else {
            window.location.hash = writeHash("lookup");
        }
    }

    // --- What is shown ---

    get tag() {
        return figuresTag(this.props.services.me?.user.lang, locale());
    }

    get fromDevice() {
        return this.state.stage !== ASK.SERVER && this.state.stage !== null;
    }

    get source() {
        const { stage, answer, error } = this.state;
        if (stage === ASK.ASKING) {
            return _t("Asking the server …");
        }
        const why = {
            [ASK.SLOW]: _t("The server takes long."),
            [ASK.OFFLINE]: _t("The server was not reached."),
            [ASK.SIGNED_OUT]: _t("You are signed out."),
        }[stage];
        const known = answer.at
            ? _t("From this device, as of %(time)s.", {
                  time: moment(answer.at, this.tag, new Date()),
              })
            : _t("From this device.");
        return `${why ?? error} ${known}`;
    }

    get notes() {
        return notesOf(this.state.subject, this.state.answer?.card);
    }

    get asked() {
        return this.state.subject?.kind === "code" ? this.state.subject.text : "";
    }

    get isBlind() {
        return Boolean(this.state.answer?.blind);
    }

    kindName(kind) {
        return {
            product: _t("Product"),
            lot: _t("Lot"),
            location: _t("Location"),
            package: _t("Package"),
        }[kind];
    }

    href({ kind, id }) {
        return writeHash("lookup", null, { [kind]: id });
    }

    more(number) {
        return _t("and %(number)s more", { number });
    }
}
