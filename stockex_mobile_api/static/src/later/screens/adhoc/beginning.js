/** Whether, and where, a counter may begin a count on their own. */

import { resolveScan } from "../../../app/scan/resolve.js";
import { isPlaceOf } from "../../../app/count/sessions.js";
import { sessionAt } from "../../count/begun.js";

/** What choosing a location comes to. */
export const FREE = "free";
export const OPEN = "open";
export const FORBIDDEN = "forbidden";
export const SURE = "sure";

const BY_NAME = new Intl.Collator("en", { numeric: true });

/** Tell whether a user may begin a count anywhere. */
export function mayBegin(me) {
    return Boolean(me?.companies.some((company) => company.adhoc));
}

/** Return who to ask for a count, each once: the controllers of those that one has. */
export function whoToAsk(sessions) {
    return [...new Set(sessions.map((session) => session.controller).filter(Boolean))];
}

/**
 * Say what becomes of a location that somebody stands in.
 *
 * @param {Object} place
 * @param {Object} facts
 * @param {Object} facts.me who is signed in
 * @param {Object[]} facts.sessions the user's open counts
 * @param {Object[]} facts.places all locations
 * @returns {{kind: string, session?: Object, below?: number[], elsewhere?: Object[]}} `open`
 *     with the count that has it already; `sure`, to be asked, with the locations below it
 *     and the counts in which somebody else counts it
 */
export function choose(place, { me, sessions, places }) {
    const session = sessionAt(sessions, place);
    if (session) {
        return { kind: OPEN, session };
    }
    const company = me.companies.find((one) => one.id === place.company);
    if (!company?.adhoc) {
        return { kind: FORBIDDEN };
    }
    const below = belowOf(places, place);
    const elsewhere = sessions.filter((one) => place.others?.includes(one.id));
    const kind = below.length || elsewhere.length ? SURE : FREE;
    return { kind, below, elsewhere };
}

/** Return the ids of the locations below one. */
export function belowOf(places, place) {
    const start = `${place.name}/`;
    return places
        .filter((one) => one.company === place.company && one.name.startsWith(start))
        .map((one) => one.id);
}

/** Make locations ready to be searched: as one types, there may be thousands of them. */
export function searchable(places) {
    return places
        .map((place) => ({ place, text: plain(`${place.name} ${place.barcode ?? ""}`) }))
        .sort((one, other) => BY_NAME.compare(one.place.name, other.place.name));
}

/**
 * Return the locations whose name or barcode has all words of a text.
 *
 * @param {{place: Object, text: string}[]} prepared by `searchable`
 * @param {string} text
 * @param {number} most
 * @returns {{found: Object[], total: number}} by name
 */
export function search(prepared, text, most) {
    const words = plain(text).split(/\s+/).filter(Boolean);
    const fitting = prepared.filter((one) => words.every((word) => one.text.includes(word)));
    return { found: fitting.slice(0, most).map((one) => one.place), total: fitting.length };
}

function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * Find the locations that a code stands for.
 *
 * @returns {Promise<{places: Object[], isProduct: boolean}>}
 */
export async function scanned(text, store, format) {
    const nothing = async () => [];
    const { candidates } = await resolveScan(
        text,
        {
            byBarcode: (code) => store.find("products", "codes", code, 1),
            lotsByName: nothing,
            locationByBarcode: (code) => store.find("locations", "barcode", code, 5),
            packageByName: nothing,
        },
        { format }
    );
    const places = candidates.filter((one) => one.kind === "location").map((one) => one.location);
    return { places, isProduct: !places.length && candidates.length > 0 };
}

/** Tell whether a location is in a count of one's own. */
export function isOwn(sessions, place) {
    return sessions.some((session) => isPlaceOf(session, place));
}
