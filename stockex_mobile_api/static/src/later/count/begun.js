/** Counts that a counter begins or says finished. */

import { LOCAL, isLocal, isPlaceOf } from "../../app/count/sessions.js";

/**
 * Make the row of a count that is begun here.
 *
 * @param {Object} facts
 * @param {string} facts.uuid
 * @param {Object} facts.place where its counter stands
 * @param {number[]} facts.below ids of the locations below, which are counted with it
 * @param {number} facts.user
 */
export function begunHere({ uuid, place, below, user }) {
    return {
        ...{ id: LOCAL + uuid, name: place.name, title: null, kind: "spot", state: "counting" },
        ...{ controller: null, zones: [], lines: 0, counted: 0 },
        ...{ user, places: [place.id, ...below], server: null, refused: null, done: false },
    };
}

/** Return the count among several that a location is part of, undefined if there is none. */
export function sessionAt(sessions, place) {
    return sessions.find((session) => !session.refused && isPlaceOf(session, place));
}

/** Return a count as it is when its counter has said that all of theirs is counted. */
export function finished(session) {
    const zones = session.zones.map((zone) => (zone.mine ? { ...zone, done: true } : zone));
    return { ...session, zones, done: true };
}

/** Tell whether a counter has something of their own in a count to say finished. */
export function isFinishable({ id, places, zones }) {
    return isLocal({ id }) || Boolean(places) || zones.some((zone) => zone.mine);
}
