/**
 * The places of a count: in which order to walk, what is left in each, and being led from one
 * to the next where the company wants it.
 */

import { _t } from "../../app/ui/i18n.js";

/** Comparing by `localeCompare` makes one of these each time. */
const NAMES = new Intl.Collator("en", { numeric: true });

/**
 * Return the places of a session with what is left, in walking order.
 *
 * @param {Object} store
 * @param {Object} session
 * @param {(target: Object) => ?number} shown
 * @returns {Promise<{place: Object, lines: number, left: number, again: number}[]>} again: how
 *     many of those left were counted before
 */
export async function placesOf(store, session, shown) {
    const lines = await linesOf(store, session);
    const found = new Map();
    for (const line of lines) {
        const entry = found.get(line.location) ?? { lines: 0, left: 0, again: 0, order: null };
        const isOpen = line.state !== "counted" && shown({ line }) === null;
        entry.lines += 1;
        entry.left += isOpen ? 1 : 0;
        entry.again += isOpen && line.state === "recount" ? 1 : 0;
        // What was found unexpectedly has no place in the walk of its own.
        if (line.order) {
            entry.order = Math.min(entry.order ?? Infinity, line.order);
        }
        found.set(line.location, entry);
    }
    const places = await store.many("locations", [...found.keys()]);
    const entries = [...found.values()].map((entry, index) => ({ ...entry, place: places[index] }));
    return inWalkingOrder(entries.filter((entry) => entry.place));
}

/** Lines of the count that was asked about last: ten thousand take long to read. */
const READ = { store: null, mark: "", lines: [] };

async function linesOf(store, session) {
    const mark = `${session.id}:${store.stamp(["lines"])}`;
    if (READ.store !== store || READ.mark !== mark) {
        const lines = await store.find("lines", "session", session.id);
        Object.assign(READ, { store, mark, lines });
    }
    return READ.lines;
}

/**
 * Put places in the order of the walk. One that has none stands before the first whose name
 * comes later.
 *
 * @param {{place: {name: string}, order: ?number}[]} entries
 */
export function inWalkingOrder(entries) {
    const walk = entries.filter((entry) => entry.order !== null);
    walk.sort((one, other) => one.order - other.order || byName(one, other));
    const others = entries.filter((entry) => entry.order === null).sort(byName);
    const found = [];
    for (const entry of walk) {
        while (others.length && byName(others[0], entry) < 0) {
            found.push(others.shift());
        }
        found.push(entry);
    }
    return [...found, ...others];
}

function byName(one, other) {
    return NAMES.compare(one.place.name, other.place.name);
}

/**
 * Return the next place with something left: after the present one, then from the start.
 *
 * @param {{place: Object, left: number}[]} places in walking order
 * @param {?Object} present
 * @param {number[]} [skipped] ids of those to come back to later, the first skipped first
 */
export function nextPlace(places, present, skipped = []) {
    const at = places.findIndex((entry) => entry.place.id === present?.id);
    const ring = [...places.slice(at + 1), ...places.slice(0, Math.max(at, 0))];
    const open = ring.filter((entry) => entry.left > 0);
    const rank = (entry) => skipped.indexOf(entry.place.id);
    return open.sort((one, other) => rank(one) - rank(other))[0] ?? null;
}

/** Places to come back to later, by count: kept while the application is open. */
const SKIPPED = new Map();

/** Return the ids of what was skipped in a count, the first skipped first. */
export function skippedIn(session) {
    return SKIPPED.get(session.id) ?? [];
}

/** Come back to a place when nothing else is left; again skipped it goes behind the others. */
export function skip(session, place) {
    const others = skippedIn(session).filter((id) => id !== place.id);
    SKIPPED.set(session.id, [...others, place.id]);
}

/** Tell whether the company wants its counters led along the shelves. */
export function isGuided({ me }) {
    return me?.settings?.route ?? true;
}

/**
 * Find where to go next from where a counter stands.
 *
 * @param {Object} services
 * @param {import("../../app/count/counting").Counting} counting
 * @returns {Promise<{place: ?Object, notice: string}>} the notice is for the screen
 */
export async function walkOn(services, { session, place, shown }) {
    if (!isGuided(services)) {
        return { place: null, notice: _t("Scan the next location.") };
    }
    const places = await placesOf(services.store, session, shown);
    const next = nextPlace(places, place, skippedIn(session))?.place ?? null;
    const notice = next
        ? _t("Go to %(name)s.", { name: next.name })
        : _t("Nothing is left: everything here was counted.");
    return { place: next, notice };
}
