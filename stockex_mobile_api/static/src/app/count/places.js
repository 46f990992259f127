/** The places of a count: in which order to walk, and what is left in each. */

/**
 * Return the places of a session with what is left, in walking order.
 *
 * @param {Object} store
 * @param {Object} session
 * @param {(target: Object) => ?number} shown
 * @returns {Promise<{place: Object, lines: number, left: number}[]>}
 */
export async function placesOf(store, session, shown) {
    const lines = await store.find("lines", "session", session.id);
    const found = new Map();
    for (const line of lines) {
        const entry = found.get(line.location) ?? { lines: 0, left: 0, first: line.id };
        entry.lines += 1;
        const isOpen = line.state === "recount" || shown({ line }) === null;
        entry.left += isOpen && line.state !== "counted" ? 1 : 0;
        found.set(line.location, entry);
    }
    const places = await Promise.all([...found.keys()].map((id) => store.get("locations", id)));
    return [...found.values()]
        .map((entry, index) => ({ ...entry, place: places[index] }))
        .filter((entry) => entry.place)
        .sort(inOrder);
}

function inOrder(one, other) {
    const [first, second] = [one.place.order ?? Infinity, other.place.order ?? Infinity];
    return first === second ? one.place.name.localeCompare(other.place.name) : first - second;
}

/**
 * Return the next place with something left: after the present one, then from the start.
 *
 * @param {{place: Object, left: number}[]} places in walking order
 * @param {?Object} present
 */
export function nextPlace(places, present) {
    const at = places.findIndex((entry) => entry.place.id === present?.id);
    const ring = [...places.slice(at + 1), ...places.slice(0, Math.max(at, 0))];
    return ring.find((entry) => entry.left > 0) ?? null;
}
