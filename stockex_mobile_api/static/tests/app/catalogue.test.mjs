import assert from "node:assert/strict";
import { test } from "node:test";

import { SLICES } from "../../src/app/store/schema.js";
import { Catalogue } from "../../src/app/sync/catalogue.js";
import { NoLine, Refused, SignedOut } from "../../src/app/sync/engine.js";
import { ROOT, ServerError, caller } from "../../src/app/sync/rpc.js";
import { readHash, writeHash } from "../../src/app/ui/router.js";

/** A store in memory with what the catalogue needs of it. */
function memory() {
    const stores = Object.fromEntries([...SLICES, "meta"].map((name) => [name, new Map()]));
    const handles = Object.fromEntries(
        Object.entries(stores).map(([name, rows]) => [
            name,
            {
                put: (row) => rows.set(row.id ?? row.key, row),
                delete: (key) => rows.delete(key),
            },
        ])
    );
    return {
        stores,
        get: async (name, key) => stores[name].get(key),
        all: async (name) => [...stores[name].values()],
        keys: async (name) => [...stores[name].keys()],
        count: async (name) => stores[name].size,
        change: async (_names, work) => work(handles),
    };
}

/** A server that has products; `log` holds what it was asked for. */
function server(products) {
    const log = [];
    const call = async (_name, { slice, since, after, limit }) => {
        log.push([slice, since, after]);
        const all = slice === "products" ? products() : [];
        const from = after ? Number(after) : 0;
        const changed = all.filter((row) => !since || row.version > Number(since));
        const rows = changed.slice(from, from + Math.min(limit, 2));
        const next = from + rows.length < changed.length ? String(from + rows.length) : null;
        return { rows, gone: [], next, version: "5", total: all.length };
    };
    return { call, log };
}

const product = (id, version = 1) => ({
    id,
    version,
    barcodes: [`b${id}`],
    packs: [{ barcode: `p${id}`, quantity: 6 }],
});

test("a catalogue comes in pages, slice after slice, and can be scanned", async () => {
    const store = memory();
    const { call, log } = server(() => [product(1), product(2), product(3)]);
    const told = [];

    await new Catalogue(store, call, (progress) => told.push(progress)).refresh();

    assert.deepEqual([...new Set(log.map(([slice]) => slice))], SLICES);
    assert.deepEqual(store.stores.products.get(3).codes, ["b3", "p3"]);
    assert.equal(store.stores.meta.get("version:products").version, "5");
    assert.deepEqual(
        told.filter((one) => one?.slice === "products").map((one) => one.done),
        [2, 3]
    );
    assert.equal(told.at(-1), null);
});

test("the next time only what changed comes, and what left is dropped", async () => {
    const store = memory();
    let rows = [product(1), product(2)];
    const { call, log } = server(() => rows);
    const catalogue = new Catalogue(store, call, () => {});
    await catalogue.refresh();
    log.length = 0;

    rows = [product(1), product(2), product(3, 9)];
    await catalogue.refresh();
    assert.deepEqual(
        log.filter(([slice]) => slice === "products"),
        [["products", "5", null]]
    );
    assert.equal(store.stores.products.size, 3);

    // The server has fewer than we hold, and told of none that left: fetched as a whole.
    rows = [product(3, 1)];
    await catalogue.refresh();
    assert.deepEqual([...store.stores.products.keys()], [3]);
});

test("two calls at once fetch once", async () => {
    const { call, log } = server(() => []);
    const catalogue = new Catalogue(memory(), call, () => {});

    await Promise.all([catalogue.refresh(), catalogue.refresh()]);

    assert.equal(log.length, SLICES.length);
});

test("a call says which device asks, and tells answers from what is none", async () => {
    const asked = [];
    const answering =
        (body, facts = {}) =>
        async (url, options) => {
            asked.push([url, JSON.parse(options.body).params]);
            return { ok: true, status: 200, json: async () => body, ...facts };
        };

    const found = await caller("d-1", answering({ result: { ok: 1 } }))("hello", { a: 2 });

    assert.deepEqual(found, { ok: 1 });
    assert.deepEqual(asked, [[`${ROOT}hello`, { device: "d-1", protocol: 1, a: 2 }]]);
    const cases = [
        [{ error: { code: 100, message: "expired" } }, {}, SignedOut],
        [{ error: { code: 200, message: "x", data: { message: "y" } } }, {}, ServerError],
        [{ result: { refused: "device_revoked", message: "m" } }, {}, Refused],
        [{ result: null }, {}, NoLine],
        [{}, { ok: false, status: 502 }, NoLine],
    ];
    for (const [body, facts, kind] of cases) {
        await assert.rejects(caller("d-1", answering(body, facts))("hello"), kind);
    }
    const broken = async () => {
        throw new TypeError("Failed to fetch");
    };
    await assert.rejects(caller("d-1", broken)("hello"), NoLine);
});

test("an address of a screen is read as it was written", () => {
    for (const [screen, id, params] of [
        ["tasks", null, {}],
        ["count", "7", { place: "12" }],
        ["lookup", "a/b c?", { code: "]C1 01" }],
    ]) {
        assert.deepEqual(readHash(writeHash(screen, id, params)), { screen, id, params });
    }
    assert.deepEqual(readHash(""), { screen: "tasks", id: null, params: {} });
    assert.deepEqual(readHash("#/queue"), { screen: "queue", id: null, params: {} });
});
