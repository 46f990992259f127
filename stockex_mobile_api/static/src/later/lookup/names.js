/** Finds what has a name like the one that somebody typed, in the device's store. */

const PAGE = 2000;
const LEAST_SIGNS = 2;
const PLACES = [
    ["product", "products"],
    ["location", "locations"],
    ["lot", "lots"],
    ["package", "packages"],
];

/** Return a text without accents and capitals, as people type it. */
export function folded(text) {
    return text
        .normalize("NFD")
        .replace(/\p{Diacritic}/gu, "")
        .toLowerCase();
}

/**
 * Return what has every word of a text in its name or reference.
 *
 * @param {Object} store
 * @param {string} text
 * @param {number} most
 * @returns {Promise<{kind: string, record: Object}[]>}
 */
export async function findByName(store, text, most) {
    const words = folded(text).split(/\s+/).filter(Boolean);
    if (words.join("").length < LEAST_SIGNS) {
        return [];
    }
    const found = [];
    for (const [kind, name] of PLACES) {
        // One after the other: fifty thousand rows at once would not fit in a small device.
        // eslint-disable-next-line no-await-in-loop
        for (const record of await matching(store, name, words, most - found.length)) {
            found.push({ kind, record });
        }
    }
    return found;
}

async function matching(store, name, words, most) {
    const found = [];
    let rows = await store.all(name, undefined, PAGE);
    for (;;) {
        found.push(...rows.filter((row) => hasAll(row, words)));
        if (rows.length < PAGE || found.length >= most) {
            return found.slice(0, most);
        }
        // eslint-disable-next-line no-await-in-loop
        rows = await store.after(name, rows.at(-1).id, PAGE);
    }
}

function hasAll(row, words) {
    const text = folded(`${row.name} ${row.code ?? ""}`);
    return words.every((word) => text.includes(word));
}
