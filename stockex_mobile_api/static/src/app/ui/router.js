/** Which screen is shown: the part of the address after `#`. */

/**
 * Read a screen and its parameters from a hash, `#count/7?place=12`.
 *
 * @param {string} hash
 * @returns {{screen: string, id: ?string, params: Object<string, string>}}
 */
export function readHash(hash) {
    const [path, query] = hash.replace(/^#\/?/, "").split("?");
    const [screen, id] = path.split("/").map(decodeURIComponent);
    return {
        screen: screen || "tasks",
        id: id || null,
        params: Object.fromEntries(new URLSearchParams(query || "")),
    };
}

/** Write the hash of a screen. */
export function writeHash(screen, id = null, params = {}) {
    const query = new URLSearchParams(params).toString();
    const path = id === null ? screen : `${screen}/${encodeURIComponent(id)}`;
    return `#${path}${query ? `?${query}` : ""}`;
}

/** What every screen is given: the parts of the application, its address, a count of changes. */
export const SCREEN_PROPS = {
    services: Object,
    name: String,
    id: { optional: true },
    params: Object,
    turn: Number,
};
