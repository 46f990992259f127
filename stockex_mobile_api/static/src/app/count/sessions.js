/** The counts on the device: those of the server, and those begun here without it. */

/** How a count that the device began is called until the server has numbered it. */
export const LOCAL = "local:";

/** Tell whether a row of sessions was made on the device. */
export function isLocal(session) {
    return typeof session.id === "string";
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

/** Tell whether a counter said that all of theirs in a count is counted. */
export function isFinished({ done, zones }) {
    const mine = zones.filter((zone) => zone.mine);
    return done || (mine.length > 0 && mine.every((zone) => zone.done));
}
