/**
 * What a scanned code stands for in the store: product, lot, serial number, location,
 * package; one, several or nothing.
 */

import { gtinForms } from "./codes.js";
import { readGs1 } from "./gs1.js";
import { quantityFor } from "./quantity.js";
import { GS, splitSymbology } from "./symbology.js";

/**
 * @typedef {object} Store answers may be one row, a list of rows or nothing
 * @property {(code: string) => Promise<object | object[] | null | undefined>} byBarcode
 *     products that have the code, or a packaging with the code
 * @property {(name: string) => Promise<object | object[] | null | undefined>} lotsByName
 * @property {(code: string) => Promise<object | object[] | null | undefined>} locationByBarcode
 * @property {(name: string) => Promise<object | object[] | null | undefined>} packageByName
 */

/**
 * @typedef {object} Candidate
 * @property {"product" | "lot" | "location" | "package"} kind
 * @property {object | null} product a row of products; null for a lot whose product the
 *     store does not have
 * @property {object | null} pack the packaging whose barcode it was
 * @property {object | null} lot a row of lots
 * @property {string | null} lotName the lot's or serial's name, also of a new one
 * @property {string | null} expires YYYY-MM-DD, as the code says
 * @property {number} quantity what the code stands for, in the product's unit
 * @property {boolean} isMeasured the quantity comes from the code itself (count or weight)
 * @property {object | null} location
 * @property {object | null} package
 */

/**
 * @typedef {object} Resolved
 * @property {string} scan as the scanner gave it: what is sent to a server that knows more
 * @property {string} text the code without symbology identifier, for people
 * @property {import("./gs1.js").Gs1 | null} gs1
 * @property {string[]} problems names of what is wrong with the GS1 data
 * @property {"one" | "several" | "unknown"} status
 * @property {Candidate[]} candidates the likeliest first
 */

const NOTHING = {
    ...{ product: null, pack: null, lot: null, lotName: null, expires: null, quantity: 1 },
    ...{ isMeasured: false, location: null, package: null },
};

/**
 * Find what a code stands for.
 *
 * @param {string} scan as the scanner gave it
 * @param {Store} store
 * @param {{format?: string, productById?: (id: number) => Promise<object | undefined>,
 *     thisYear?: number}} [options] format: as the camera knows it; productById: to name the
 *     product of a lot
 * @returns {Promise<Resolved>}
 */
export async function resolveScan(scan, store, options = {}) {
    const split = splitSymbology(scan.trim());
    const gs1 = readGs1(scan, options);
    // What is stored exactly as scanned stands before any reading of it.
    let candidates = split.isGs1 ? [] : await plainCandidates(split, store, options);
    if (!candidates.length && gs1) {
        candidates = await gs1Candidates(gs1, store, options);
    }
    return {
        scan,
        text: split.text,
        gs1,
        problems: (gs1?.errors ?? []).map((error) => error.name),
        status: ["unknown", "one"][candidates.length] ?? "several",
        candidates,
    };
}

/**
 * Find what a plain text stands for.
 *
 * @param {{text: string, format: string}} split
 * @param {Store} store
 * @param {{format?: string, productById?: (id: number) => Promise<object | undefined>}} options
 * @returns {Promise<Candidate[]>}
 */
async function plainCandidates({ text, format }, store, options) {
    if (!text || text.includes(GS)) {
        return [];
    }
    const codes = gtinForms(text, { upcE: (options.format ?? format) === "upce" });
    const [products, locations, lots, packages] = await Promise.all([
        productsBy(codes, store),
        store.locationByBarcode(text),
        store.lotsByName(text),
        store.packageByName(text),
    ]);
    return [
        ...products.map(({ product, pack }) => ofProduct(product, pack, {})),
        ...rows(locations).map((location) => ({ ...NOTHING, kind: "location", location })),
        ...(await Promise.all(rows(lots).map((lot) => ofLot(lot, options.productById)))),
        ...rows(packages).map((row) => ({ ...NOTHING, kind: "package", package: row })),
    ];
}

/**
 * Find what GS1 data stand for: an article with its lot, else a package, else a place.
 *
 * @param {import("./gs1.js").Gs1} gs1
 * @param {Store} store
 * @param {{productById?: (id: number) => Promise<object | undefined>}} options
 * @returns {Promise<Candidate[]>}
 */
async function gs1Candidates(gs1, store, options) {
    if (gs1.sscc) {
        const packages = await firstRows([gs1.sscc, `00${gs1.sscc}`], (name) =>
            store.packageByName(name)
        );
        if (packages.length || !gs1.gtin) {
            return packages.map((row) => ({ ...NOTHING, kind: "package", package: row }));
        }
    }
    if (gs1.gtin) {
        const found = await productsBy(gtinForms(gs1.gtin), store);
        return Promise.all(found.map(({ product, pack }) => withLot(product, pack, gs1, store)));
    }
    if (gs1.gln) {
        const codes = [gs1.glnExtension && gs1.gln + gs1.glnExtension, gs1.gln, `414${gs1.gln}`];
        const locations = await firstRows(codes.filter(Boolean), (code) =>
            store.locationByBarcode(code)
        );
        return locations.map((location) => ({ ...NOTHING, kind: "location", location }));
    }
    const names = [gs1.serial, gs1.lot, gs1.asset].filter(Boolean);
    const lots = await firstRows(names, (name) => store.lotsByName(name));
    return Promise.all(lots.map((lot) => ofLot(lot, options.productById)));
}

/** Add the lot to an article: a serial number where each piece has one, else the batch. */
async function withLot(product, pack, gs1, store) {
    const { tracking } = product;
    const isTracked = tracking === "lot" || tracking === "serial";
    const name = tracking === "serial" ? (gs1.serial ?? gs1.lot) : (gs1.lot ?? gs1.serial);
    if (!isTracked || !name) {
        return ofProduct(product, pack, gs1);
    }
    const lots = rows(await store.lotsByName(name)).filter((lot) => lot.product === product.id);
    return { ...ofProduct(product, pack, gs1), lot: lots[0] ?? null, lotName: name };
}

function ofProduct(product, pack, gs1) {
    const { quantity, isMeasured } = quantityFor(product, pack, gs1);
    const expires = gs1.expires ?? null;
    return { ...NOTHING, kind: "product", product, pack, quantity, isMeasured, expires };
}

async function ofLot(lot, productById = async () => undefined) {
    const product = (await productById(lot.product)) ?? null;
    return { ...NOTHING, kind: "lot", lot, lotName: lot.name, product };
}

/** Find the products of several forms of one code, each once, packagings with them. */
async function productsBy(codes, store) {
    const answers = (await Promise.all(codes.map((code) => store.byBarcode(code)))).map(rows);
    const found = new Map();
    for (const product of answers.flat()) {
        const pack = (product.packs ?? []).find((one) => codes.includes(one.barcode));
        found.set(product.id, { product, pack: pack ?? null });
    }
    return [...found.values()];
}

/** Ask for one name after the other in one go, and take the first that is known. */
async function firstRows(names, ask) {
    const answers = await Promise.all(names.map((name) => ask(name)));
    return answers.map(rows).find((found) => found.length) ?? [];
}

function rows(answer) {
    return Array.isArray(answer) ? answer : answer ? [answer] : [];
}
