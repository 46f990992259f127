/** A store in memory that answers as the handheld's does. */

const KEYS = {
    codes: (row, key) => row.codes.includes(key),
    name: (row, key) => row.name === key,
    barcode: (row, key) => row.barcode === key,
    session: (row, key) => row.session === key,
    place: (row, [session, place]) => row.session === session && row.location === place,
    product: (row, [session, id]) => row.session === session && row.product === id,
    state: (row, key) => row.state === key,
};

const NAMES = ["meta", "sessions", "locations", "lines", "products", "lots", "packages", "ops"];

/**
 * @param {Object<string, Object[]>} world rows by store
 * @returns `rows` holds what is in it; `fail`, if set, is thrown by the next change
 */
export function memoryStore(world = {}) {
    const rows = Object.fromEntries(
        NAMES.map((name) => [
            name,
            new Map(structuredClone(world[name] ?? []).map((row) => [row.key ?? row.id, row])),
        ])
    );
    let number = 0;
    let changes = 0;
    const handle = (name) => ({
        put: (row) => rows[name].set(row.seq ?? row.key ?? row.id, row),
        add: (row) => {
            number += 1;
            rows[name].set(number, { ...row, seq: number });
            return number;
        },
        delete: (key) => rows[name].delete(key),
    });
    const store = {
        rows,
        fail: null,
        get: async (name, key) => rows[name].get(key),
        many: async (name, keys) => keys.map((key) => rows[name].get(key)),
        all: async (name) => [...rows[name].values()],
        keys: async (name) => [...rows[name].keys()],
        count: async (name) => rows[name].size,
        find: async (name, index, key, limit) =>
            [...rows[name].values()].filter((row) => KEYS[index](row, key)).slice(0, limit),
        after: async (name, key, limit) =>
            [...rows[name].values()].filter((row) => row.seq > key).slice(0, limit),
        stamp: () => changes,
        change: async (names, work) => {
            if (store.fail) {
                throw store.fail;
            }
            changes += 1;
            return work(Object.fromEntries(names.map((name) => [name, handle(name)])));
        },
    };
    return store;
}
