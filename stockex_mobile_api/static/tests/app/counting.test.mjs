import assert from "node:assert/strict";
import { test } from "node:test";

import {
    CHOOSE,
    COUNTED,
    Counting,
    FOREIGN_PLACE,
    NEED_LOT,
    NEED_PLACE,
    PLACE,
    TWICE,
    UNKNOWN,
} from "../../src/app/count/counting.js";
import { nextPlace, placesOf } from "../../src/later/count/walking.js";
import { Queue } from "../../src/app/sync/queue.js";
import { memoryStore } from "./memory_store.mjs";

const PIECES = { id: 1, name: "Units" };
const BOX = { barcode: "3760000000027", name: "Box of 6", uom: 2, quantity: 6 };
const product = (id, name, codes, tracking = "none", packs = []) => ({
    ...{ id, name, code: null, barcodes: codes, packs, tracking, uom: PIECES },
    codes: [...codes, ...packs.map((pack) => pack.barcode)],
});
const line = (id, location, of, facts = {}) => ({
    ...{ id, session: 1, product: of, location, lot: null, package: null, owner: null },
    ...{ uom: 1, state: "pending", mine: null, base: "e0", order: location === 11 ? 1 : 2 },
    ...facts,
});
const WORLD = {
    sessions: [{ id: 1, name: "CNT/1", zones: [] }],
    locations: [
        { id: 10, name: "A-01", barcode: "LOC-A01", sessions: [1] },
        { id: 11, name: "A-02", barcode: "LOC-A02", sessions: [1] },
        { id: 12, name: "B-01", barcode: "LOC-B01", sessions: [2] },
    ],
    products: [
        product(20, "Kettle", ["3760000000010"], "none", [BOX]),
        product(21, "Coffee", ["3760000000031"], "lot"),
        product(22, "Phone", ["3760000000041"], "serial"),
        product(23, "Spare", ["3760000000058"]),
    ],
    lots: [
        { id: 30, product: 21, name: "L1" },
        { id: 31, product: 21, name: "L2" },
        { id: 32, product: 22, name: "SN-77" },
    ],
    packages: [{ id: 40, name: "PACK1", location: 10 }],
    lines: [
        line(50, 10, 20),
        line(51, 10, 21, { lot: 30 }),
        line(52, 10, 21, { lot: 31 }),
        line(53, 11, 20, { state: "counted", mine: 4, base: "e9" }),
        line(54, 10, 22, { lot: 32 }),
        line(55, 10, 23, { package: 40 }),
    ],
};
/** A count on a store in memory, with a real queue. */
function counting() {
    const store = memoryStore(WORLD);
    let number = 0;
    const queue = new Queue(store, {
        uuid: () => `op-${(number += 1)}`,
        now: () => new Date("2026-11-21T08:00:00Z"),
        channel: { postMessage: () => {} },
    });
    const count = new Counting({
        session: WORLD.sessions[0],
        store,
        act: (body, facts) => queue.add(7, body, facts),
        shown: (target) => queue.shown(target),
    });
    return { count, queue, store };
}

const bodies = (queue) => queue.unsent.map((kept) => kept.body);

test("a location says where one stands, one of another count does not", async () => {
    const { count, queue } = counting();

    const outcome = await count.scan("LOC-A01");

    assert.equal(outcome.kind, PLACE);
    assert.equal(count.place.id, 10);
    assert.deepEqual(bodies(queue), []);
    assert.equal((await count.scan("LOC-B01")).kind, FOREIGN_PLACE);
    assert.equal(count.place.id, 10);
});

test("each scan counts one more, a box counts what is in it", async () => {
    const { count, queue } = counting();
    await count.scan("LOC-A01");

    await count.scan("3760000000010");
    await count.scan("3760000000010", { source: "camera" });
    const box = await count.scan("3760000000027");

    assert.equal(box.kind, COUNTED);
    assert.equal(box.quantity, 8);
    assert.deepEqual(
        bodies(queue).map(({ line: id, quantity, mode, source }) => [id, quantity, mode, source]),
        [
            [50, 1, "add", "wedge"],
            [50, 1, "add", "camera"],
            [50, 6, "add", "wedge"],
        ]
    );
});

test("without a place a product that is in one only is counted there", async () => {
    const { count } = counting();

    assert.equal((await count.scan("3760000000010")).kind, NEED_PLACE);
    const spare = await count.scan("3760000000058");

    assert.equal(spare.kind, COUNTED);
    assert.equal(spare.target.line.id, 55);
});

test("several lots are asked for, a scanned one is taken, a new one is named", async () => {
    const { count, queue } = counting();
    await count.scan("LOC-A01");

    const several = await count.scan("3760000000031");
    assert.equal(several.kind, CHOOSE);
    assert.deepEqual(
        several.targets.map((target) => target.lot.name),
        ["L1", "L2"]
    );
    await count.choose(several.targets[1], "wedge");
    await count.scan("L1");
    await count.scan("0103760000000031" + "10NEW");

    assert.deepEqual(
        bodies(queue).map((body) => [
            body.line ?? null,
            body.product ?? null,
            body.lot_name ?? null,
        ]),
        [
            [52, null, null],
            [51, null, null],
            [null, 21, "NEW"],
        ]
    );
});

test("a serial number counts once", async () => {
    const { count, queue } = counting();
    await count.scan("LOC-A01");

    assert.equal((await count.scan("SN-77")).kind, COUNTED);
    assert.equal((await count.scan("SN-77")).kind, TWICE);
    assert.equal(queue.unsent.length, 1);
    await count.scan("LOC-A02");
    assert.equal((await count.scan("3760000000041")).kind, NEED_LOT);
});

test("an unexpected product is counted by what it is, and adds up before it has a line", async () => {
    const { count, queue } = counting();
    await count.scan("LOC-A02");

    await count.scan("3760000000058");
    const again = await count.scan("3760000000058");

    assert.equal(again.quantity, 2);
    assert.deepEqual(bodies(queue)[1], {
        ...{ kind: "count", session: 1, product: 23, location: 11, quantity: 1 },
        ...{ mode: "add", source: "wedge" },
    });
});

test("a typed number replaces, names what was known, and undo brings back", async () => {
    const { count, queue } = counting();
    await count.scan("LOC-A02");
    const [target] = await count.linesHere();
    assert.equal(target.quantity, 4);

    const set = await count.set(target, 10, { source: "voice" });

    assert.equal(set.quantity, 10);
    assert.equal(bodies(queue)[0].base, "e9");
    const undone = await count.undo();
    assert.equal(undone.quantity, 4);
    assert.deepEqual(bodies(queue)[1], { kind: "undo", session: 1, of: "op-1" });
    assert.equal(await count.undo(), null);
});

test("undo of what was sent already takes its effect back at once", async () => {
    const { count, queue, store } = counting();
    await count.scan("LOC-A01");
    const { kept } = await count.scan("3760000000010");
    const sent = { ...kept, state: "done" };
    await queue.settle([sent], [{ ...store.rows.lines.get(50), mine: 1, state: "counted" }]);

    const [kettle] = (await count.linesHere()).filter((target) => target.product.id === 20);
    assert.equal(kettle.quantity, 1);
    await count.undo();

    assert.equal(count.shown(kettle), 0);
});

test("a code that nobody knows is kept with what the finder says", async () => {
    const { count, queue } = counting();
    await count.scan("LOC-A01");

    const outcome = await count.scan("9999999");
    await count.keepUnknown({ code: outcome.text, note: "blue box" });

    assert.equal(outcome.kind, UNKNOWN);
    assert.deepEqual(bodies(queue), [
        {
            ...{ kind: "unknown", session: 1, location: 10, quantity: 1 },
            ...{ code: "9999999", note: "blue box" },
        },
    ]);
});

test("a code alone goes as it was scanned: the server may know it", async () => {
    const { count, queue } = counting();
    await count.scan("LOC-A01");

    const outcome = await count.scan("]C1219999");
    await count.keepUnknown({ code: outcome.scan, note: "" });

    assert.deepEqual(bodies(queue), [
        {
            ...{ kind: "count", session: 1, location: 10, quantity: 1, code: "]C1219999" },
            ...{ mode: "add", source: "wedge" },
        },
    ]);
});

test("a package shows what is in it, one of another place is unknown here", async () => {
    const { count } = counting();
    await count.scan("LOC-A01");
    const opened = await count.scan("PACK1");
    assert.deepEqual(
        opened.targets.map((target) => target.line.id),
        [55]
    );
    await count.scan("LOC-A02");
    assert.equal((await count.scan("PACK1")).kind, UNKNOWN);
});

test("places are walked in their order, and the next one has something left", async () => {
    const { count, store } = counting();

    const places = await placesOf(store, WORLD.sessions[0], count.shown);

    assert.deepEqual(
        places.map((entry) => [entry.place.name, entry.lines, entry.left]),
        [
            ["A-02", 1, 0],
            ["A-01", 5, 5],
        ]
    );
    assert.equal(nextPlace(places, null).place.id, 10);
    assert.equal(nextPlace(places, { id: 10 }), null);
});
