/**
 * Counting in one session: what a scan or a typed number does. Knows nothing of screens.
 */

import { resolveScan } from "../scan/resolve.js";
import { isPlaceOf } from "./sessions.js";

/** What became of a scan; `kind` says which screen or tone follows. */
export const COUNTED = "counted";
export const PLACE = "place";
export const FOREIGN_PLACE = "foreign_place";
export const CHOOSE = "choose";
export const NEED_PLACE = "need_place";
export const NEED_LOT = "need_lot";
export const TWICE = "twice";
export const UNKNOWN = "unknown";

/** Of what a list of targets is made. */
const EXPECTED = ["lines", "products", "lots", "locations"];
/** Comparing by `localeCompare` takes twenty times as long. */
const NAMES = new Intl.Collator();

/** Return what a count is of, as operations name it. */
function bodyOf(target) {
    if (target.line) {
        return { line: target.line.id };
    }
    const body = { product: target.product.id, location: target.place.id };
    if (target.lot) {
        body.lot = target.lot.id;
    } else if (target.lotName) {
        body.lot_name = target.lotName;
    }
    return target.package ? { ...body, package: target.package.id } : body;
}

/** Return how codes are looked up in the handheld's store, for `resolveScan`. */
export function codesOf(store) {
    return {
        byBarcode: (code) => store.find("products", "codes", code, 5),
        lotsByName: (name) => store.find("lots", "name", name, 5),
        locationByBarcode: (code) => store.find("locations", "barcode", code, 2),
        packageByName: (name) => store.find("packages", "name", name, 2),
    };
}

export class Counting {
    /**
     * @param {Object} parts
     * @param {Object} parts.session a row of the catalogue
     * @param {Object} parts.store `get`, `many`, `find`, `stamp` of the handheld's store
     * @param {(body: Object, facts: Object) => Promise<Object>} parts.act keeps an operation
     * @param {(target: Object) => ?number} parts.shown what the user counted
     */
    constructor({ session, store, act, shown }) {
        Object.assign(this, { session, store, act, shown });
        this.place = null;
        /** What was counted, newest last: for undo and for the card on the screen. */
        this.done = [];
        this.read = { mark: null, targets: [] };
    }

    /** Stand in a place of the session. */
    stand(place) {
        this.place = place;
    }

    /**
     * Do what a scanned code says.
     *
     * @param {string} text
     * @param {{format?: string, source?: string}} [options]
     * @returns {Promise<Object>} `kind`, and what the screen shows
     */
    async scan(text, { format, source = "wedge" } = {}) {
        const resolved = await resolveScan(text, codesOf(this.store), {
            format,
            productById: (id) => this.store.get("products", id),
        });
        if (resolved.status === "unknown") {
            return { kind: UNKNOWN, text: resolved.text, scan: text, place: this.place };
        }
        if (resolved.status === "several") {
            const targets = await Promise.all(resolved.candidates.map((one) => this._target(one)));
            return { kind: CHOOSE, text: resolved.text, targets, source };
        }
        return this._take(resolved.candidates[0], source);
    }

    /** Count what the user chose among several. */
    choose(target, source) {
        return this._count(target, target.quantity ?? 1, { source });
    }

    /**
     * Set the quantity of a target, replacing what this user counted on it.
     *
     * @param {Object} target as a scan or a line of the list gave it
     */
    set(target, quantity, { source = "pad", parts = null } = {}) {
        return this._count(target, quantity, { mode: "set", source, parts });
    }

    /** Add to what this user counted. */
    add(target, quantity, { source = "pad" } = {}) {
        return this._count(target, quantity, { source });
    }

    /** Take the last count back. */
    async undo() {
        const last = this.done.pop();
        if (!last) {
            return null;
        }
        try {
            await this.act(
                { kind: "undo", session: this.session.id, of: last.kept.op },
                { label: last.label, target: bodyOf(last.target), takesBack: last.effect }
            );
        } catch (error) {
            this.done.push(last);
            throw error;
        }
        return { ...last, quantity: this.shown(last.target) };
    }

    /**
     * Keep something that nobody here can name. A code alone goes as it was scanned: the
     * server may know it, and keeps it for the controller if not.
     */
    keepUnknown({ code = null, quantity = 1, note = null }) {
        const base = { session: this.session.id, location: this.place.id, quantity };
        const body =
            code && !note
                ? { ...base, kind: "count", code, mode: "add", source: "wedge" }
                : { ...base, kind: "unknown", ...(code && { code }), ...(note && { note }) };
        return this.act(body, { label: code ?? note ?? "", shown: quantity });
    }

    /** Return what is to be counted where the user stands: open lines first. */
    async linesHere() {
        if (!this.place) {
            return [];
        }
        const targets = (await this._targetsHere()).map((target) => ({
            ...target,
            quantity: this.shown(target),
        }));
        const rank = (target) =>
            target.quantity === null || target.line.state === "recount" ? 0 : 1;
        return targets.sort(
            (one, other) =>
                rank(one) - rank(other) ||
                NAMES.compare(one.product?.name ?? "", other.product?.name ?? "")
        );
    }

    /** What is expected here is read again only after the catalogue changed. */
    async _targetsHere() {
        const mark = [this.session.id, this.place.id, this.store.stamp(EXPECTED)].join(":");
        if (this.read.mark !== mark) {
            const lines = await this.store.find("lines", "place", [this.session.id, this.place.id]);
            this.read = { mark, targets: await this._targetsOf(lines) };
        }
        return this.read.targets;
    }

    // --- What is meant ---

    async _take(candidate, source) {
        if (candidate.kind === "location") {
            return this._goTo(candidate.location);
        }
        if (candidate.kind === "package") {
            return this._openPackage(candidate.package, source);
        }
        const target = await this._target(candidate);
        if (!target.place) {
            return { kind: NEED_PLACE, target };
        }
        if (target.choices) {
            return { kind: CHOOSE, targets: target.choices, source };
        }
        const { tracking } = target.product ?? {};
        if (tracking && tracking !== "none" && !target.line && !target.lot && !target.lotName) {
            return { kind: NEED_LOT, target, source };
        }
        if (tracking === "serial" && this.shown(target) >= 1) {
            return { kind: TWICE, target };
        }
        return this._count(target, candidate.quantity, { source });
    }

    _goTo(location) {
        if (!isPlaceOf(this.session, location)) {
            return { kind: FOREIGN_PLACE, place: location };
        }
        this.stand(location);
        return { kind: PLACE, place: location };
    }

    async _openPackage(found, source) {
        const lines = this.place
            ? await this.store.find("lines", "place", [this.session.id, this.place.id])
            : [];
        const inside = lines.filter((line) => line.package === found.id);
        if (!inside.length) {
            return { kind: UNKNOWN, text: found.name, scan: found.name, place: this.place };
        }
        const targets = await this._targetsOf(inside);
        return { kind: CHOOSE, text: found.name, targets, source };
    }

    /** Find the line that a candidate is counted on, or what will become one. */
    async _target(candidate) {
        const { product, lot, lotName } = candidate;
        const base = { product, lot, lotName, quantity: candidate.quantity, place: this.place };
        if (!product) {
            return base;
        }
        const all = await this.store.find("lines", "product", [this.session.id, product.id]);
        const here = this.place ? all.filter((line) => line.location === this.place.id) : all;
        const fitting = here.filter((line) =>
            lot ? line.lot === lot.id : !lotName || line.lot === null
        );
        const exact = lot || lotName ? fitting.filter((line) => lot || !line.lot) : fitting;
        if (!this.place) {
            const places = new Set(exact.map((line) => line.location));
            if (places.size !== 1) {
                return { ...base, place: null };
            }
            base.place = await this.store.get("locations", [...places][0]);
        }
        if (exact.length > 1) {
            const choices = await this._targetsOf(exact);
            choices.forEach((choice) => Object.assign(choice, { quantity: candidate.quantity }));
            return { ...base, choices };
        }
        return { ...base, line: lotName && !lot ? null : (exact[0] ?? null) };
    }

    async _targetsOf(lines) {
        const [products, lots, places] = await Promise.all([
            this.store.many(
                "products",
                lines.map((line) => line.product)
            ),
            this.store.many(
                "lots",
                lines.map((line) => line.lot ?? 0)
            ),
            this.store.many(
                "locations",
                lines.map((line) => line.location)
            ),
        ]);
        return lines.map((line, index) => {
            const [product, lot, place] = [products[index], lots[index] ?? null, places[index]];
            const target = { line, product, lot, place };
            return { ...target, quantity: this.shown(target) };
        });
    }

    async _count(target, quantity, { mode = "add", source, parts = null }) {
        const before = this.shown(target);
        const body = {
            kind: "count",
            session: this.session.id,
            ...bodyOf(target),
            ...(parts ? { parts } : { quantity }),
            mode,
            source,
            ...(mode === "set" && target.line && { base: target.line.base }),
        };
        const label = [target.product?.name, target.lot?.name ?? target.lotName]
            .filter(Boolean)
            .join(" · ");
        const kept = await this.act(body, { label, shown: quantity });
        const now = this.shown(target);
        const done = { kind: COUNTED, kept, target, label, quantity: now };
        done.effect = (now ?? 0) - (before ?? 0);
        this.done.push(done);
        return done;
    }
}
