import assert from "node:assert/strict";
import { test } from "node:test";

import { ByGoods } from "../../src/app/sync/by_goods.js";
import { WAITING, shownQuantity } from "../../src/app/sync/ops.js";
import { findByName, folded } from "../../src/later/lookup/names.js";
import { lookOnDevice, ownCounts } from "../../src/later/lookup/on_device.js";
import { memoryStore } from "./memory_store.mjs";

const NOW = new Date("2026-11-21T12:00:00Z");
const KARIM = 7;
const uom = { id: 1, name: "Units" };
const pack = { barcode: "PACK", uom: 2, name: "Box of 50", quantity: 50 };
const bolt = {
    ...{
        id: 1,
        name: "Bolt",
        code: "BLT",
        barcodes: ["370", "BLT"],
        codes: ["370", "BLT", "PACK"],
    },
    ...{ uom, tracking: "none", packs: [pack] },
};
const milk = {
    ...{ id: 2, name: "Crème fraîche", code: null, barcodes: ["371"], codes: ["371"] },
    ...{ uom, tracking: "lot", packs: [] },
};
const lot = { id: 21, product: 2, name: "L1", expires: "2026-11-20 00:00:00" };
const shelf = { id: 31, name: "WH/Stock/A-01", barcode: "LOC-A", company: 4, sessions: [51] };
const pallet = { id: 41, name: "PAL-1", location: 31 };
const line = { id: 61, session: 51, product: 2, location: 31, lot: 21, package: null, mine: 3 };
const open = { ...line, id: 62, product: 1, lot: null, mine: null };

function world(more = {}) {
    return memoryStore({
        products: [bolt, milk],
        lots: [lot],
        locations: [shelf],
        packages: [pallet],
        lines: [line, open],
        sessions: [{ id: 51, name: "CNT/1", title: "Cold store", zones: [] }],
        meta: [{ key: "version:products", version: "1795262400000~abc" }],
        ...more,
    });
}

const facts = { now: NOW, companies: [{ id: 4, adhoc: true }] };
const look = (subject, store = world()) => lookOnDevice(store, subject, facts);
const code = (text, more = {}) => look({ kind: "code", text, format: "", ...more });

/** A queue that holds operations as the device's does. */
function queueOf(...bodies) {
    const unsent = bodies.map((body, index) => ({
        ...{ op: `o${index}`, seq: index + 1, user: KARIM, state: WAITING },
        body: { kind: "count", mode: "add", ...body },
        shown: body.quantity,
    }));
    const byGoods = new ByGoods(unsent);
    return {
        unsent,
        shown: (target) => shownQuantity(target.line ?? { mine: null }, byGoods.of(target)),
    };
}

test("a code is told with all that the device knows of it, and as of when", async () => {
    assert.deepEqual(await code("370"), {
        ...{ status: "one", matches: [], more: 0, blind: null, at: "2026-11-21T12:00:00.000Z" },
        card: {
            ...{ kind: "product", id: 1, name: "Bolt", code: "BLT", barcode: "370" },
            ...{ packs: [pack], uom: "Units", tracking: "none", active: true, picture: null },
        },
    });
    assert.equal((await code("PACK")).card.pack.quantity, 50);
    assert.deepEqual((await code("LOC-A")).card, {
        ...{ kind: "location", id: 31, name: "WH/Stock/A-01", barcode: "LOC-A" },
        ...{ active: true, can_count: true },
    });
    assert.deepEqual((await code("PAL-1")).card, { kind: "package", id: 41, name: "PAL-1" });
});

test("a lot says whether it expired by the device's clock", async () => {
    const { card } = await code("L1");

    assert.deepEqual(card.product, { id: 2, name: "Crème fraîche" });
    assert.deepEqual([card.expires, card.state], ["2026-11-20T00:00:00Z", "expired"]);
    const fresh = memoryStore({ lots: [{ ...lot, expires: null }] });
    assert.equal((await look({ kind: "lot", id: 21 }, fresh)).card.state, null);
});

test("a count begins only where the server let this user", async () => {
    const companies = [{ id: 4, adhoc: false }];
    const subject = { kind: "location", id: 31 };

    const { card } = await lookOnDevice(world(), subject, { now: NOW, companies });
    assert.equal(card.can_count, false);
    assert.equal((await lookOnDevice(world(), subject, { now: NOW })).card.can_count, false);
});

test("what the device does not know is unknown, and what never came has no date", async () => {
    assert.deepEqual(
        { ...(await code("nothing")) },
        {
            ...{ status: "unknown", card: null, matches: [], more: 0, blind: null },
            at: "2026-11-21T12:00:00.000Z",
        }
    );
    assert.equal((await look({ kind: "lot", id: 999 })).at, null);
    assert.equal((await look({ kind: "product", id: 1 }, memoryStore())).status, "unknown");
});

test("several are offered to choose from", async () => {
    const twin = { ...milk, id: 3, name: "Ham" };
    const store = world({
        products: [bolt, milk, twin],
        lots: [lot, { ...lot, id: 22, product: 3 }],
    });

    const { status, matches } = await look({ kind: "code", text: "L1", format: "" }, store);

    assert.equal(status, "several");
    assert.deepEqual(matches, [
        { kind: "lot", id: 21, name: "L1", detail: "Crème fraîche" },
        { kind: "lot", id: 22, name: "L1", detail: "Ham" },
    ]);
});

test("a typed name is found without its accents, a scanned one is no name", async () => {
    assert.equal((await code("fraiche CREME", { typed: true })).card.id, 2);
    assert.equal((await code("blt bolt", { typed: true })).card.id, 1);
    assert.equal((await code("a-01", { typed: true })).card.id, 31);
    assert.equal((await code("creme")).status, "unknown");
    assert.equal((await code("b", { typed: true })).status, "unknown");
    assert.equal(folded("ÉLÉGANT"), "elegant");
});

test("names are looked for page by page, and no further than needed", async () => {
    const rows = Array.from({ length: 5000 }, (_, id) => ({ id, name: `Part ${id}`, code: null }));
    const asked = [];
    const store = {
        after: async (name, key, limit) => {
            asked.push([name, key]);
            return name === "products" ? rows.slice(key + 1, key + 1 + limit) : [];
        },
        all: (name, _range, limit) => store.after(name, -1, limit),
    };

    assert.equal((await findByName(store, "part 4999", 20))[0].record.id, 4999);
    assert.deepEqual(
        asked.filter(([name]) => name === "products").map(([, from]) => from),
        [-1, 1999, 3999]
    );
    asked.length = 0;
    assert.equal((await findByName(store, "part", 20)).length, 20);
    assert.equal(asked.filter(([name]) => name === "products").length, 1);
});

test("the counter's own counts are told, with what is not sent yet", async () => {
    const queue = queueOf(
        { line: 61, quantity: 2 },
        { session: 51, product: 1, location: 31, quantity: 4 },
        { session: 51, product: 1, location: 31, quantity: 1 },
        { session: 51, product: 2, location: 31, lot_name: "NEW", quantity: 6 },
        // Counted before the server made the line of it.
        { session: 51, product: 2, location: 31, lot: 21, quantity: 1 }
    );
    const own = async (card) =>
        (await ownCounts(world(), queue, KARIM, card)).map((one) => [
            ...[one.session, one.product, one.location, one.lot, one.quantity, one.uom],
        ]);
    const milkThere = ["Cold store", "Crème fraîche", "WH/Stock/A-01", "L1", 6, "Units"];
    const newThere = ["Cold store", "Crème fraîche", "WH/Stock/A-01", "NEW", 6, "Units"];
    const boltThere = ["Cold store", "Bolt", "WH/Stock/A-01", null, 5, "Units"];

    assert.deepEqual(await own({ kind: "product", id: 2 }), [milkThere, newThere]);
    assert.deepEqual(await own({ kind: "lot", id: 21, product: { id: 2 } }), [milkThere]);
    assert.deepEqual(await own({ kind: "product", id: 1 }), [boltThere]);
    assert.deepEqual(await own({ kind: "location", id: 31 }), [milkThere, boltThere, newThere]);
    assert.deepEqual(await own({ kind: "package", id: 41 }), []);
});

test("what another user of the device counted is not told", async () => {
    const queue = queueOf({ session: 51, product: 1, location: 31, quantity: 4 });
    const local = { id: "local:1", name: "A-01", user: 8, zones: [] };
    const store = world({ sessions: [local], lines: [{ ...line, session: "local:1" }] });

    assert.deepEqual(
        await ownCounts(store, queue, 8, { kind: "location", id: 31 }).then((r) => r.length),
        1
    );
    assert.deepEqual(await ownCounts(store, queue, KARIM, { kind: "product", id: 2 }), []);
    assert.deepEqual(await ownCounts(store, queue, 9, { kind: "product", id: 1 }), []);
});
