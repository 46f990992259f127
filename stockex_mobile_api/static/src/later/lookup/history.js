/** The last things that a user looked up on this device: what they are, never a figure. */

export const KEPT = 10;

function keyOf(user) {
    return `lookups:${user}`;
}

/** Return what a user looked up, newest first. */
export async function lastOf(store, user) {
    return (await store.get("meta", keyOf(user)))?.value ?? [];
}

/**
 * Put a thing at the top of a user's list.
 *
 * @param {Object} store
 * @param {number} user
 * @param {{kind: string, id: number, name: string}} card
 * @returns {Promise<Object[]>} the list
 */
export async function remember(store, user, { kind, id, name }) {
    const list = await lastOf(store, user);
    const others = list.filter((one) => one.kind !== kind || one.id !== id);
    const value = [{ kind, id, name }, ...others].slice(0, KEPT);
    await store.change(["meta"], ({ meta }) => meta.put({ key: keyOf(user), value }));
    return value;
}
