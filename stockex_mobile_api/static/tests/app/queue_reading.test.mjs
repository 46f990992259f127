import assert from "node:assert/strict";
import { test } from "node:test";

import { Engine, NoLine, OFFLINE } from "../../src/app/sync/engine.js";
import { MOST_BYTES, MOST_OPS, goodsKey, keysOf } from "../../src/app/sync/ops.js";
import { Queue } from "../../src/app/sync/queue.js";
import { memoryStore } from "./memory_store.mjs";

const ME = 7;
const OTHER = 8;

/** A queue on a store in memory; the same things happen with the same numbers. */
async function queueWith(...bodies) {
    let number = 0;
    const store = memoryStore();
    const queue = new Queue(store, {
        uuid: () => `op-${(number += 1)}`,
        now: () => new Date("2026-11-21T08:00:00Z"),
        channel: { postMessage: () => {} },
    });
    for (const { user = ME, facts = { shown: 1 }, ...body } of bodies) {
        await queue.add(user, { kind: "count", mode: "add", ...body }, facts);
    }
    return { queue, store };
}

test("a batch's worth of a user's oldest is read, whatever waits behind", async () => {
    const mine = Array.from({ length: MOST_OPS + 80 }, (_one, line) => ({ line: line + 1 }));
    const { queue } = await queueWith({ line: 1, user: OTHER }, ...mine);

    const found = await queue.waiting(ME);

    assert.deepEqual(
        found.map((kept) => kept.seq),
        Array.from({ length: MOST_OPS }, (_one, index) => index + 2)
    );
    assert.equal((await queue.waiting(OTHER)).length, 1);
    assert.deepEqual(await queue.waiting(9), []);
});

test("heavy operations are not all read for one batch", async () => {
    const data = "x".repeat(MOST_BYTES / 10);
    const photos = Array.from({ length: 120 }, () => ({ kind: "photo", line: 1, data }));
    const { queue } = await queueWith(...photos);

    assert.equal((await queue.waiting(ME)).length, 50);
});

test("what was counted is found by its line and by its goods, and nothing else is", async () => {
    const goods = { product: 20, location: 10, lot_name: "L1" };
    const { queue } = await queueWith(
        { line: 50 },
        { line: 51 },
        { ...goods },
        { ...goods, lot_name: "L2" },
        { ...goods, location: 11 },
        { code: "99", location: 10 }
    );
    const shelf = { product: { id: 20 }, place: { id: 10 } };

    assert.equal(queue.shown({ line: { id: 50, mine: 4 } }), 5);
    assert.equal(queue.shown({ line: { id: 52, mine: null } }), null);
    assert.equal(queue.shown({ ...shelf, lotName: "L1" }), 1);
    assert.equal(queue.shown({ ...shelf, lotName: "L1", line: { id: 51, mine: 2 } }), 4);
    assert.equal(queue.shown(shelf), null);
});

test("goods are told apart by lot, name of a lot, package and place", () => {
    const target = {
        product: { id: 1 },
        place: { id: 2 },
        lot: { id: 3, name: "A" },
        lotName: "A",
    };

    assert.deepEqual(keysOf(target), [goodsKey({ product: 1, location: 2, lot: 3 })]);
    const bodies = [
        { line: 1 },
        { product: 1, location: 2 },
        { product: 1, location: 2, lot: 3 },
        { product: 1, location: 2, lot_name: "3" },
        { product: 1, location: 2, package: 3 },
        { product: 1, location: 23 },
    ];
    assert.equal(new Set(bodies.map(goodsKey)).size, bodies.length);
    assert.deepEqual(keysOf({ line: { id: 1 } }), [goodsKey({ line: 1 })]);
});

test("an undo is shown whether what it takes back was sent or not, and once sent no more", async () => {
    const { queue } = await queueWith({ line: 50 }, { line: 50 });
    const undo = { kind: "undo", of: "op-1" };
    await queue.add(ME, undo, { target: { line: 50 }, takesBack: 1 });
    assert.equal(queue.shown({ line: { id: 50, mine: null } }), 1);

    const [first] = queue.unsent;
    await queue.settle([{ ...first, state: "done" }], []);

    assert.equal(queue.shown({ line: { id: 50, mine: 1 } }), 1);
    await queue.settle(
        queue.unsent.map((kept) => ({ ...kept, state: "done" })),
        []
    );
    assert.equal(queue.shown({ line: { id: 50, mine: 1 } }), 1);
    assert.deepEqual(queue.unsent, []);
});

test("without a line what is added does not try it each time, but soon", async () => {
    const timers = [];
    let calls = 0;
    const engine = new Engine({
        queue: { waiting: async () => [{ op: "op-1", seq: 1, user: ME, body: {}, at: "" }] },
        call: async () => {
            calls += 1;
            throw new NoLine("gone");
        },
        locks: { request: (_name, _options, work) => work({}) },
        now: () => new Date("2026-11-21T08:00:00Z"),
        later: (work, seconds) => timers.push({ work, seconds }),
        cancel: () => {},
    });
    engine.user = ME;
    for (let turn = 0; turn < 6; turn += 1) {
        await engine.wake();
    }
    assert.equal(engine.state, OFFLINE);
    assert.equal(timers.at(-1).seconds, 60);

    for (let scan = 0; scan < 10; scan += 1) {
        engine.added();
    }

    assert.equal(calls, 6);
    assert.deepEqual(
        timers.slice(6).map((timer) => timer.seconds),
        [5]
    );
    await timers.at(-1).work();
    assert.equal(calls, 7);
});

test("what another user of the device counted is not shown as one's own", async () => {
    const shelf = { product: { id: 9 }, place: { id: 3 } };
    const body = { product: 9, location: 3 };
    const { queue } = await queueWith({ ...body, user: OTHER }, body);
    assert.equal(queue.shown(shelf), 2);

    queue.user = ME;

    assert.equal(queue.shown(shelf), 1);
    assert.deepEqual(
        queue.mine.map((kept) => kept.user),
        [ME]
    );
});
