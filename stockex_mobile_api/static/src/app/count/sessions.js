/** The counts on the device: those of the server, and those begun here without it. */

/** How a count that the device began is called until the server has numbered it. */
export const LOCAL = "local:";

/** Tell whether a row of sessions was made on the device. */
export function isLocal(session) {
    return typeof session.id === "string";
}

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

/** Return what an answered `adhoc` makes of the row of its count. */
export function answeredSession(row, { state, result }) {
    return state === "rejected"
        ? { ...row, refused: result.message }
        : { ...row, server: result.session };
}

/**
 * Return the count of an address: also one that was begun here and is the server's since.
 *
 * @returns {Promise<?Object>}
 */
export async function sessionOf(store, id) {
    if (!String(id).startsWith(LOCAL)) {
        return (await store.get("sessions", Number(id))) ?? null;
    }
    const row = await store.get("sessions", id);
    return row?.server ? atServer(store, row) : (row ?? null);
}

/** Until the catalogue brings the server's row, ours stands for it under its number. */
async function atServer(store, row) {
    const { server, ...rest } = row;
    return (await store.get("sessions", server)) ?? { ...rest, id: server };
}

/**
 * Return the counts that a user has to do, each once.
 *
 * @param {Object} store
 * @param {number} user
 */
export async function sessionsOf(store, user) {
    const rows = await store.all("sessions");
    const own = rows.filter((row) => !isLocal(row) || row.user === user);
    const found = await Promise.all(own.map((row) => sessionOf(store, row.id)));
    return [...new Map(found.map((session) => [session.id, session])).values()];
}

/** Tell whether a location is part of a count, for the person who counts. */
export function isPlaceOf(session, place) {
    return Boolean(place.sessions?.includes(session.id) || session.places?.includes(place.id));
}

/** Return the count among several that a location is part of, undefined if there is none. */
export function sessionAt(sessions, place) {
    return sessions.find((session) => !session.refused && isPlaceOf(session, place));
}
