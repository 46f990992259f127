import { Component, onWillStart, onWillUnmount, onWillUpdateProps, useState } from "@odoo/owl";

import { sessionsOf } from "../../../app/count/sessions.js";
import { StoreFull } from "../../../app/store/db.js";
import { _t } from "../../../app/ui/i18n.js";
import { SCREEN_PROPS, writeHash } from "../../../app/ui/router.js";
import { ScanBar } from "../../../app/ui/scan_bar.js";
import { begunHere } from "../../count/begun.js";
import { useLeaving } from "../../leaving.js";
import {
    FORBIDDEN,
    FREE,
    SURE,
    choose,
    isOwn,
    mayBegin,
    scanned,
    search,
    searchable,
    whoToAsk,
} from "./beginning.js";

const MOST = 50;

/** Counting the place where one stands, without being asked to, also without a network. */
export class Adhoc extends Component {
    static template = "stockex_mobile_api.ScanAdhoc";
    static components = { ScanBar };
    static props = SCREEN_PROPS;

    setup() {
        const { services } = this.props;
        this.state = useState({
            sessions: [],
            text: "",
            chosen: null,
            notice: "",
            busy: false,
        });
        this.read = null;
        this.places = [];
        this.prepared = [];
        this.leaving = useLeaving(services.scan);
        this.stop = services.scan.on((scan) => this.onScan(scan));
        onWillStart(() => this.open());
        onWillUpdateProps(() => this.load());
        onWillUnmount(() => this.stop());
    }

    async open() {
        await this.load();
        const { services, params } = this.props;
        const place = params.place && (await services.store.get("locations", Number(params.place)));
        if (place && this.may) {
            await this.choose(place);
        }
    }

    async load() {
        const { store, me } = this.props.services;
        const read = store.stamp(["sessions", "locations"]);
        if (read === this.read) {
            return;
        }
        this.read = read;
        const [sessions, places] = await Promise.all([
            sessionsOf(store, me?.user.id),
            store.all("locations"),
        ]);
        // Nothing of the screen depends on them but what is searched for.
        this.places = places;
        this.prepared = searchable(places);
        this.state.sessions = sessions;
    }

    // --- What is shown ---

    get may() {
        return mayBegin(this.props.services.me);
    }

    get ask() {
        const names = whoToAsk(this.state.sessions).join(", ");
        return names
            ? _t("You do not begin counts on your own here. Ask %(names)s.", { names })
            : _t("You do not begin counts on your own here. Ask your stock controller.");
    }

    get found() {
        return search(this.prepared, this.state.text, MOST);
    }

    isOwn(place) {
        return isOwn(this.state.sessions, place);
    }

    get warnings() {
        const { below, elsewhere } = this.state.chosen.outcome;
        const texts = elsewhere.map((session) =>
            _t("Somebody else counts it in “%(name)s”.", { name: session.title || session.name })
        );
        return below.length
            ? [
                  ...texts,
                  _t("The locations below it are counted too: %(count)s.", {
                      count: below.length,
                  }),
              ]
            : texts;
    }

    // --- What the user does ---

    async onScan(scan) {
        const { text, format } = scan;
        if ((await this.leaving.passOn(scan)) || !this.may) {
            return;
        }
        const { places, isProduct } = await scanned(text, this.props.services.store, format);
        if (places.length === 1) {
            await this.choose(places[0]);
        } else if (places.length) {
            this.refuse(_t("Several locations have this code: choose one."));
            this.state.text = text;
        } else {
            this.refuse(
                isProduct
                    ? _t("This is a product: scan the location that you stand in.")
                    : _t("No location of yours has the code “%(code)s”. Choose it in the list.", {
                          code: text,
                      })
            );
        }
    }

    refuse(notice) {
        this.props.services.feedback.wrong();
        Object.assign(this.state, { notice, chosen: null });
    }

    async choose(place) {
        const { services } = this.props;
        const { sessions } = this.state;
        const outcome = choose(place, { me: services.me, sessions, places: this.places });
        this.state.notice = "";
        if (outcome.kind === FREE) {
            await this.begin(place, []);
        } else if (outcome.kind === FORBIDDEN) {
            this.refuse(this.ask);
        } else {
            services.feedback.unknown();
            this.state.chosen = { place, outcome, isOpen: outcome.kind !== SURE };
        }
    }

    /** Begin at once; the server hears of it when there is a line. */
    async begin(place, below) {
        const { services } = this.props;
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        const uuid = services.queue.uuid();
        const session = begunHere({ uuid, place, below, user: services.me.user.id });
        try {
            await services.act(
                { kind: "adhoc", session: session.id, location: place.id },
                { session, label: _t("Count of %(name)s", { name: place.name }) }
            );
            services.feedback.right();
            this.show(session, place);
        } catch (error) {
            this.refuse(
                error instanceof StoreFull
                    ? _t("This device is full. Nothing was begun: send the queue, or free space.")
                    : error.message
            );
        } finally {
            this.state.busy = false;
        }
    }

    /** Go to a count; the way back leads to the counts, not here. */
    show(session, place) {
        this.leaving.go(writeHash("count", session.id, { place: place.id }));
    }
}
