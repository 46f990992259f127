/** What browsers withhold from an address without https, done without it. */

/**
 * Return a new UUID, version 4.
 *
 * @param {Crypto} crypto `randomUUID` is there with https only
 */
export function newId(crypto) {
    if (crypto.randomUUID) {
        return crypto.randomUUID();
    }
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * Locks over all tabs; without them each tab sends for itself, and the server takes each
 * operation once.
 *
 * @param {Navigator} navigator
 */
export function locksOf(navigator) {
    return navigator.locks ?? { request: (_name, _options, work) => work({}) };
}
