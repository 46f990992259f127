import assert from "node:assert/strict";
import { test } from "node:test";

import {
    Engine,
    NoLine,
    OFFLINE,
    ONLINE,
    Refused,
    SIGNED_OUT,
    SignedOut,
} from "../../src/app/sync/engine.js";
import { MOST_BYTES, MOST_OPS, batchOf, settled, shownQuantity } from "../../src/app/sync/ops.js";

const ME = 7;

function kept(seq, body = {}, facts = {}) {
    const whole = { kind: "count", session: 1, line: 5, mode: "add", ...body };
    return { seq, op: `op-${seq}`, user: ME, at: "2026-11-21T08:00:00Z", body: whole, ...facts };
}

/** A queue in memory, a lock as browsers have it, and a server that is told what to do. */
function world(ops) {
    const sent = [];
    const timers = [];
    const plan = [];
    let held = false;
    const queue = {
        ops: [...ops],
        lines: [],
        waiting: async () => queue.ops.filter((one) => !one.state || one.state === "waiting"),
        settle: async (answered, lines) => {
            for (const one of answered) {
                queue.ops[queue.ops.findIndex((other) => other.seq === one.seq)] = one;
            }
            queue.lines.push(...lines);
        },
    };
    const call = async (name, params) => {
        sent.push(params.ops.map((one) => one.op));
        const step = plan.shift();
        if (step instanceof Error) {
            throw step;
        }
        return step ?? { results: params.ops.map((one) => ({ op: one.op, status: "applied" })) };
    };
    const locks = {
        request: async (name, options, work) => {
            if (held) {
                return work(null);
            }
            held = true;
            try {
                return await work({ name });
            } finally {
                held = false;
            }
        },
    };
    const parts = {
        queue,
        call,
        locks,
        now: () => new Date("2026-11-21T08:00:00Z"),
        later: (work, seconds) => timers.push({ work, seconds }),
        cancel: () => {},
    };
    const engine = new Engine(parts);
    engine.user = ME;
    return { engine, parts, queue, sent, timers, plan };
}

test("everything is sent in its order, and once", async () => {
    const { engine, queue, sent } = world([kept(1), kept(2), kept(3)]);

    await engine.wake();
    await engine.wake();

    assert.deepEqual(sent, [["op-1", "op-2", "op-3"]]);
    assert.deepEqual(
        queue.ops.map((one) => one.state),
        ["done", "done", "done"]
    );
    assert.equal(engine.state, ONLINE);
});

test("without a line everything waits and is tried again, later each time", async () => {
    const { engine, queue, sent, timers, plan } = world([kept(1)]);
    plan.push(new NoLine("gone"), new NoLine("gone"), new NoLine("gone"));

    await engine.wake();
    assert.equal(engine.state, OFFLINE);
    await engine.wake();
    await engine.wake();
    await engine.wake();

    assert.deepEqual(
        timers.map((timer) => timer.seconds),
        [1, 2, 5]
    );
    assert.deepEqual(sent, [["op-1"], ["op-1"], ["op-1"], ["op-1"]]);
    assert.equal(queue.ops[0].state, "done");
});

test("an answer that was lost is asked for again with the same operation", async () => {
    const { engine, queue, sent, plan } = world([kept(1)]);
    plan.push(new NoLine("the answer was lost"));
    plan.push({ results: [{ op: "op-1", status: "duplicate", line: { id: 5, mine: 2 } }] });

    await engine.wake();
    await engine.wake();

    assert.deepEqual(sent, [["op-1"], ["op-1"]]);
    assert.equal(queue.ops[0].state, "done");
    assert.deepEqual(queue.lines, [{ id: 5, mine: 2 }]);
});

test("signed out or refused, nothing is sent and nothing is lost", async () => {
    for (const [error, state] of [
        [new SignedOut(), SIGNED_OUT],
        [new Refused("device_revoked", "blocked"), "device_revoked"],
    ]) {
        const { engine, queue, timers, plan } = world([kept(1)]);
        plan.push(error);

        await engine.wake();

        assert.equal(engine.state, state);
        assert.equal(queue.ops[0].state, undefined);
        assert.deepEqual(timers, []);
    }
});

test("an operation without an answer waits on, and the line counts as broken", async () => {
    const { engine, queue, timers, plan } = world([kept(1), kept(2)]);
    plan.push({ results: [{ op: "op-1", status: "applied" }] });
    plan.push({ results: [] });

    await engine.wake();

    assert.equal(queue.ops[0].state, "done");
    assert.equal(queue.ops[1].state, undefined);
    assert.equal(engine.state, OFFLINE);
    assert.equal(timers.length, 1);
});

test("two tabs do not send at once", async () => {
    const { engine, parts, sent, timers } = world([kept(1), kept(2)]);
    const other = new Engine(parts);
    other.user = ME;

    await Promise.all([engine.wake(), other.wake()]);

    assert.deepEqual(sent, [["op-1", "op-2"]]);
    assert.deepEqual(
        timers.map((timer) => timer.seconds),
        [2]
    );
});

test("what another person left on the device stays until they sign in", async () => {
    const { engine, queue, sent } = world([kept(1, {}, { user: 8 }), kept(2)]);

    await engine.wake();

    assert.deepEqual(sent, [["op-2"]]);
    assert.equal(queue.ops[0].state, undefined);
});

test("what is added while sending goes out with the next batch", async () => {
    const { engine, queue, sent } = world([kept(1)]);

    const running = engine.wake();
    queue.ops.push(kept(2));
    await Promise.all([running, engine.wake()]);
    await engine.running;

    assert.deepEqual(sent.flat(), ["op-1", "op-2"]);
});

test("a batch has at most so many operations and bytes, and never none", () => {
    const many = Array.from({ length: MOST_OPS + 5 }, (_one, index) => kept(index));
    assert.equal(batchOf(many, ME).length, MOST_OPS);

    const photo = { kind: "photo", data: "x".repeat(MOST_BYTES) };
    const photos = [kept(1, photo), kept(2, photo)];
    assert.deepEqual(batchOf(photos, ME), [photos[0]]);
    assert.deepEqual(batchOf([], ME), []);
});

test("an answer settles what it names, keeps conflicts and drops sent pictures", () => {
    const sent = [kept(1), kept(2), kept(3, { kind: "photo", data: "AAAA" }), kept(4)];
    const results = [
        { op: "op-1", status: "conflict", conflict: { mine: 5, theirs: 4 } },
        { op: "op-2", status: "rejected", message: "posted" },
        { op: "op-3", status: "applied", line: { id: 5, mine: 9 } },
        { op: "op-9", status: "applied" },
        { op: "op-4", status: "surprise" },
    ];

    const { ops, lines } = settled(sent, results);

    assert.deepEqual(
        ops.map((one) => [one.seq, one.state]),
        [
            [1, "conflict"],
            [2, "rejected"],
            [3, "done"],
        ]
    );
    assert.equal(ops[2].body.data, undefined);
    assert.deepEqual(lines, [{ id: 5, mine: 9 }]);
});

test("a line shows the server's figure and what is on its way", () => {
    const line = { id: 5, mine: 2 };
    const add = (seq, shown) => kept(seq, {}, { shown });
    const set = (seq, shown) => kept(seq, { mode: "set" }, { shown });
    const undo = (seq, of) => kept(seq, { kind: "undo", of }, { shown: null, takesBack: null });

    assert.equal(shownQuantity(line, []), 2);
    assert.equal(shownQuantity({ mine: null }, []), null);
    assert.equal(shownQuantity({ mine: null }, [add(1, 0)]), 0);
    assert.equal(shownQuantity(line, [add(1, 1), add(2, 3)]), 6);
    assert.equal(shownQuantity(line, [add(1, 1), set(2, 10), add(3, 1)]), 11);
    assert.equal(shownQuantity(line, [add(1, 1), add(2, 3), undo(3, "op-1")]), 5);
    assert.equal(shownQuantity(line, [set(1, 10), undo(2, "op-1")]), 2);
    const sentBefore = { ...undo(4, "op-0"), takesBack: 2 };
    assert.equal(shownQuantity(line, [sentBefore, add(5, 1)]), 1);
});
