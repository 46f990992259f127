import assert from "node:assert/strict";
import { test } from "node:test";

import { StoreFull } from "../../src/app/store/db.js";
import { DONE, REJECTED, WAITING } from "../../src/app/sync/ops.js";
import { Queue } from "../../src/app/sync/queue.js";

/** A store in memory that has no room for anything but deletions when it is full. */
function store() {
    const rows = new Map();
    const made = {
        isFull: false,
        rows,
        find: async (name, index, state) =>
            [...rows.values()].filter((row) => row.state === state).sort((a, b) => a.seq - b.seq),
        async change(names, work) {
            const ops = {
                add: (row) => {
                    wrote = true;
                    const seq = rows.size + 1;
                    draft.set(seq, { ...row, seq });
                    return seq;
                },
                put: (row) => {
                    wrote = true;
                    draft.set(row.seq, row);
                },
                delete: (seq) => draft.delete(seq),
            };
            const draft = new Map(rows);
            let wrote = false;
            const answer = work({ ops, lines: { put: () => (wrote = true) } });
            if (made.isFull && wrote) {
                throw new StoreFull("no room");
            }
            rows.clear();
            draft.forEach((row, seq) => rows.set(seq, row));
            return answer;
        },
    };
    return made;
}

async function queueOf(count) {
    let number = 0;
    const kept = store();
    const queue = new Queue(kept, {
        uuid: () => `op-${(number += 1)}`,
        now: () => new Date("2026-11-21T08:00:00Z"),
        channel: { postMessage: () => undefined },
    });
    for (let done = 0; done < count; done++) {
        await queue.add(7, { kind: "count", line: 5, quantity: 1 });
    }
    return { queue, kept };
}

const answeredAs = (state) => (one) => ({ ...one, state, result: { status: state } });

test("a full device keeps nothing of what it cannot keep whole", async () => {
    const { queue, kept } = await queueOf(1);
    kept.isFull = true;

    await assert.rejects(queue.add(7, { kind: "count", line: 5, quantity: 1 }), StoreFull);

    assert.equal(kept.rows.size, 1);
    assert.equal(queue.unsent.length, 1);
});

test("a full device lets go of what the server has done", async () => {
    const { queue, kept } = await queueOf(2);
    kept.isFull = true;

    await queue.settle(queue.unsent.map(answeredAs(DONE)), []);

    assert.equal(kept.rows.size, 0);
    assert.deepEqual(queue.unsent, []);
});

test("what the server refuses waits on a full device until there is room to say so", async () => {
    const { queue, kept } = await queueOf(2);
    const [first, second] = queue.unsent;
    const answers = [answeredAs(DONE)(first), answeredAs(REJECTED)(second)];
    kept.isFull = true;

    await assert.rejects(queue.settle(answers, []), StoreFull);

    assert.deepEqual([...kept.rows.values()], [second]);
    assert.deepEqual(queue.unsent, [second]);
    assert.equal(second.state, WAITING);
    kept.isFull = false;
    await queue.settle([answers[1]], []);
    assert.equal((await queue.troubles())[0].op, second.op);
});
