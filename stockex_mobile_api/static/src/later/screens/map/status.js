/** How far each location of a count is. */

import { isPlaceOf } from "../../../app/count/sessions.js";
import { inWalkingOrder, placesOf } from "../../count/walking.js";

/** A sign for each status, so that nobody depends on its colour. */
export const SIGNS = {
    ...{ open: "○", partly: "◐", again: "↻", counted: "✓", empty: "–", other: "×" },
};

/** Return how far a location is. */
export function statusOf({ mine, lines, left, again }) {
    if (!mine) {
        return "other";
    }
    if (!lines) {
        return "empty";
    }
    if (again) {
        return "again";
    }
    if (!left) {
        return "counted";
    }
    return left < lines ? "partly" : "open";
}

/**
 * Return the locations of a count in walking order: those with something to count, those
 * with nothing expected, and those that others count.
 *
 * @param {Object} store
 * @param {Object} session
 * @param {(target: Object) => ?number} shown
 */
export async function mappedPlaces(store, session, shown) {
    const [walked, all] = await Promise.all([
        placesOf(store, session, shown),
        store.all("locations"),
    ]);
    const known = new Set(walked.map((entry) => entry.place.id));
    const parents = parentsOf(all);
    const others = all
        .filter((place) => !known.has(place.id) && isIn(session, place))
        // Goods stand in what is below it.
        .filter((place) => !parents.has(place.name))
        .map((place) => ({
            ...{ place, lines: 0, left: 0, again: 0, order: null },
            mine: isPlaceOf(session, place),
        }));
    return inWalkingOrder([...walked.map((entry) => ({ ...entry, mine: true })), ...others]).map(
        (entry) => ({ ...entry, status: statusOf(entry) })
    );
}

function isIn(session, place) {
    return isPlaceOf(session, place) || Boolean(place.others?.includes(session.id));
}

/** Return the names of all that have something below them. */
function parentsOf(places) {
    return new Set(places.map(({ name }) => name.slice(0, Math.max(0, name.lastIndexOf("/")))));
}
