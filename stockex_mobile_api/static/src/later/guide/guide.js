import { Component, onWillStart, onWillUpdateProps, status, toRaw, useState } from "@odoo/owl";

import { isLeft } from "../../app/count/places.js";
import { isFinished, isLocal } from "../../app/count/sessions.js";
import { StoreFull } from "../../app/store/db.js";
import { _t, quantity } from "../../app/ui/i18n.js";
import { writeHash } from "../../app/ui/router.js";
import { finished, isFinishable } from "../count/begun.js";
import { isGuided, nextPlace, placesOf, skip, skippedIn } from "../count/walking.js";
import { foundIn } from "./found.js";
import { addressesOf } from "../screens/map/layout.js";

/** Resolves once what was shown last is on the screen. */
function painted() {
    return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Where to go next, the way to the map, and the word that all is counted. */
export class Guide extends Component {
    static template = "stockex_mobile_api.ScanGuide";
    static props = {
        services: Object,
        session: Object,
        place: { optional: true },
        /** What is expected where the counter stands. */
        targets: Array,
        /** What the counter counted on a target. */
        shown: Function,
        go: Function,
        turn: Number,
    };

    setup() {
        this.state = useState({
            found: [],
            next: null,
            name: "",
            left: 0,
            /** Of which location `next` and `left` tell. */
            read: "",
            asks: false,
            seen: "",
            trouble: "",
        });
        this.looks = 0;
        // Not waited for: the screen shows the answer to a scan only when its parts are ready.
        onWillStart(() => void this.look(this.props));
        onWillUpdateProps((props) => void this.look(props));
    }

    /** Read what is left when a location is done: not at each scan, and after its answer. */
    async look(props) {
        this.looks += 1;
        const look = this.looks;
        await painted();
        if (look !== this.looks || status(this) === "destroyed") {
            return;
        }
        await this.find(props);
        const seen = this.keyOf(props);
        if (seen !== this.state.seen) {
            Object.assign(this.state, { seen, asks: false, trouble: "" });
            if (this.isDone(props)) {
                await this.read(props);
            }
        }
    }

    keyOf(props) {
        return [props.session.id, props.place?.id, this.isDone(props)].join();
    }

    /** Read what was found here: a reload may have left nothing else of it on the screen. */
    async find({ services, place, shown }) {
        const { store, queue } = services;
        this.state.found = place ? await foundIn({ store, unsent: queue.mine, shown }, place) : [];
    }

    amount(row) {
        return `${quantity(row.quantity)} ${row.uom?.name ?? ""}`;
    }

    async read(props) {
        const { services, session, place, shown } = props;
        const places = await placesOf(services.store, session, shown);
        const next = nextPlace(places, place, skippedIn(session))?.place ?? null;
        const { root } = addressesOf(places.map((entry) => entry.place.name));
        this.state.next = next;
        // What all places have in common tells nobody where to go.
        this.state.name = next ? next.name.slice(root ? root.length + 1 : 0) : "";
        this.state.left = places.reduce((sum, entry) => sum + entry.left, 0);
        this.state.read = this.keyOf(props);
    }

    /** Tell whether what was read is of where the counter stands now. */
    get isRead() {
        return this.state.read === this.keyOf(this.props);
    }

    /** Tell whether all that is expected here was counted. */
    isDone({ place, targets }) {
        return Boolean(place) && targets.length > 0 && !targets.some(isLeft);
    }

    get done() {
        return this.isDone(this.props);
    }

    get guided() {
        return isGuided(this.props.services);
    }

    get map() {
        const { session, place } = this.props;
        return writeHash("map", session.id, place ? { place: place.id } : {});
    }

    get finishable() {
        return isFinishable(this.props.session);
    }

    get finished() {
        return isFinished(this.props.session);
    }

    /** Tell whether nobody can know here what is left: the server was not asked yet. */
    get unknown() {
        return isLocal(this.props.session);
    }

    get question() {
        return this.unknown
            ? _t("What is expected here is not known without a network. Is all counted?")
            : _t("Not counted yet: %(left)s lines. Is your part finished all the same?", {
                  left: this.state.left,
              });
    }

    async skip() {
        skip(this.props.session, this.state.next);
        await this.read(this.props);
    }

    async ask() {
        await this.read(this.props);
        if (this.state.left || this.unknown) {
            this.state.asks = true;
        } else {
            await this.finish();
        }
    }

    async finish() {
        const { services } = this.props;
        // The store keeps no objects that the screen watches.
        const session = toRaw(this.props.session);
        const [zone, another] = session.zones.filter((one) => one.mine);
        const body = { kind: "zone_done", session: session.id };
        this.state.asks = false;
        try {
            await services.act(zone && !another ? { ...body, zone: zone.id } : body, {
                label: _t("Finished: %(name)s", { name: session.title || session.name }),
                session: finished(session),
            });
        } catch (error) {
            services.feedback.wrong();
            this.state.trouble =
                error instanceof StoreFull
                    ? _t("This device is full: send the queue, or free space. Then say it again.")
                    : error.message;
        }
    }
}
