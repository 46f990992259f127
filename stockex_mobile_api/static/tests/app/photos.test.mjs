import assert from "node:assert/strict";
import { test } from "node:test";

import { StoreFull } from "../../src/app/store/db.js";
import { Engine, OFFLINE, ONLINE, NoLine } from "../../src/app/sync/engine.js";
import { Photos, RESERVE_BYTES } from "../../src/app/sync/photos.js";
import { MOST_BYTES, NoPicture, shrink, sizeFor } from "../../src/later/photo/shrink.js";
import { queueFile } from "../../src/later/screens/settings/queue_file.js";

const ME = 7;
const picture = (size = 30) => new Blob([new Uint8Array(size).fill(200)], { type: "image/jpeg" });

/** Photos on a store in memory, with as much room as the test says. */
function desk(quota = 1e9) {
    const stores = { photos: new Map(), ops: new Map() };
    const handle = (name, key) => ({
        add: (row) => stores[name].set(row[key] ?? stores[name].size + 1, row),
        put: (row) => stores[name].set(row[key], row),
        delete: (id) => stores[name].delete(id),
    });
    const store = {
        all: async (name) => [...stores[name].values()],
        change: async (_names, work) => {
            const before = new Map(stores.photos);
            work({ photos: handle("photos", "op"), ops: handle("ops") });
            const used = [...stores.photos.values()].reduce(
                (sum, row) => sum + row.picture.size,
                0
            );
            if (used > quota) {
                stores.photos = before;
                throw new StoreFull("full");
            }
        },
    };
    const told = [];
    let number = 0;
    const photos = new Photos(store, {
        uuid: () => `photo-${(number += 1)}`,
        now: () => new Date(Date.UTC(2026, 10, 21, 8, 0, number)),
        channel: { postMessage: (text) => told.push(text) },
    });
    return { photos, stores, told };
}

/** An engine on these photos, with counts before them and a server that is told what to do. */
function engineOf(photos, counts = [], answer = () => "applied") {
    const sent = [];
    const queue = {
        waiting: async () => counts.filter((one) => !one.isSent),
        settle: async (ops) =>
            ops.forEach(({ op }) => (counts.find((one) => one.op === op).isSent = true)),
    };
    const engine = new Engine({
        queue,
        photos,
        call: async (_name, { ops }) => {
            sent.push(ops);
            const status = answer(ops, sent.length);
            if (status instanceof Error) {
                throw status;
            }
            return { results: ops.map(({ op }) => ({ op, status, message: "Why" })) };
        },
        locks: { request: (_name, _options, work) => work({}) },
        now: () => new Date("2026-11-21T08:00:00Z"),
        later: () => {},
        cancel: () => {},
    });
    engine.user = ME;
    return { engine, sent };
}
const count = (seq) => ({
    ...{ seq, op: `count-${seq}`, user: ME, at: "2026-11-21T08:00:00Z", shown: 1 },
    body: { kind: "count", session: 1, line: 5 },
});

test("photos go one by one, after the counts, as the server wants them", async () => {
    const { photos } = desk();
    await photos.add(ME, { session: 1, line: 5 }, picture(3), "Kettle");
    await photos.add(ME, { session: 1, of: "count-2" }, picture(), "Kettle");
    const { engine, sent } = engineOf(photos, [count(1), count(2)]);

    await engine.wake();

    assert.deepEqual(
        sent.map((ops) => ops.map(({ op }) => op)),
        [["count-1", "count-2"], ["photo-1"], ["photo-2"]]
    );
    assert.deepEqual(sent[1][0], {
        ...{ kind: "photo", session: 1, line: 5, op: "photo-1", seq: 0 },
        ...{ at: "2026-11-21T08:00:01.000Z", data: "yMjI" },
    });
    assert.deepEqual(photos.unsent, []);
    assert.equal(engine.state, ONLINE);
});

test("a count that comes while photos are sent goes before the next photo", async () => {
    const { photos } = desk();
    await photos.add(ME, { session: 1, line: 5 }, picture(), "one");
    await photos.add(ME, { session: 1, line: 5 }, picture(), "two");
    const counts = [];
    const { engine, sent } = engineOf(photos, counts, (ops, number) => {
        if (number === 1) {
            counts.push(count(1));
        }
        return "applied";
    });

    await engine.wake();

    assert.deepEqual(
        sent.map(([{ op }]) => op),
        ["photo-1", "count-1", "photo-2"]
    );
});

test("a photo whose answer was lost is sent again as the same, others wait", async () => {
    const { photos } = desk();
    await photos.add(ME, { session: 1, line: 5 }, picture(), "one");
    await photos.add(ME, { session: 1, line: 5 }, picture(), "two");
    const plan = [new NoLine("gone"), "duplicate", "applied"];
    const { engine, sent } = engineOf(photos, [], () => plan.shift());

    await engine.wake();
    assert.equal(engine.state, OFFLINE);
    assert.equal(photos.unsent.length, 2);
    await engine.wake();

    assert.deepEqual(
        sent.map(([{ op }]) => op),
        ["photo-1", "photo-1", "photo-2"]
    );
    assert.deepEqual(photos.unsent, []);
});

test("a photo that is refused leaves the device and is shown with the reason", async () => {
    const { photos, stores } = desk();
    await photos.add(ME, { session: 1, line: 5 }, picture(), "Kettle");

    await engineOf(photos, [], () => "rejected").engine.wake();

    assert.equal(stores.photos.size, 0);
    const [shown] = [...stores.ops.values()];
    assert.deepEqual([shown.state, shown.label, shown.op], ["rejected", "Kettle", "photo-1"]);
    assert.equal(shown.result.message, "Why");
    assert.equal("picture" in shown, false);
});

test("photos of another user wait for that user, and a deleted one is not sent", async () => {
    const { photos, told } = desk();
    await photos.add(8, { session: 1, line: 5 }, picture(), "theirs");
    const mine = await photos.add(ME, { session: 1, line: 5 }, picture(), "mine");
    await photos.remove(mine);
    const { engine, sent } = engineOf(photos);

    await engine.wake();

    assert.deepEqual(sent, []);
    assert.deepEqual(
        photos.unsent.map((one) => one.label),
        ["theirs"]
    );
    assert.equal(told.length, 3, "other tabs are told of each change");
});

test("a photo never takes the room that counts need", async () => {
    const { photos, stores } = desk(RESERVE_BYTES + 100);

    await assert.rejects(photos.add(ME, { session: 1, line: 5 }, picture(101), "large"), StoreFull);
    assert.equal(stores.photos.size, 0);
    await photos.add(ME, { session: 1, line: 5 }, picture(100), "fits");
    assert.deepEqual([...stores.photos.keys()], [photos.unsent[0].op]);
});

test("a picture is shrunk to the longer side, and never grown", () => {
    assert.deepEqual(sizeFor(4000, 3000, 1280), [1280, 960]);
    assert.deepEqual(sizeFor(3000, 4000, 1280), [960, 1280]);
    assert.deepEqual(sizeFor(640, 480, 1280), [640, 480]);
    assert.deepEqual(sizeFor(10000, 3, 1280), [1280, 1]);
});

test("a photo becomes worse, then smaller, until the server takes it", async () => {
    const tried = [];
    const options = (weigh) => ({
        px: 1000,
        decode: async () => ({ width: 4000, height: 2000 }),
        encode: async (_picture, width, height, quality) => {
            tried.push([width, height, quality]);
            return { size: weigh(width, quality) };
        },
    });

    await shrink(
        picture(),
        options(() => MOST_BYTES)
    );
    assert.deepEqual(tried.splice(0), [[1000, 500, 0.85]]);

    await shrink(
        picture(),
        options((width, quality) => MOST_BYTES + (quality > 0.4 ? 1 : 0))
    );
    assert.deepEqual(tried.splice(0), [
        [1000, 500, 0.85],
        [1000, 500, 0.7],
        [1000, 500, 0.55],
        [1000, 500, 0.4],
    ]);

    await shrink(
        picture(),
        options((width) => MOST_BYTES + (width > 700 ? 1 : 0))
    );
    assert.deepEqual(tried.at(-1), [700, 350, 0.85]);

    await assert.rejects(
        shrink(
            picture(),
            options(() => MOST_BYTES + 1)
        ),
        NoPicture
    );
});

test("what is no picture, or too large to be opened, is refused", async () => {
    const decode = async () => {
        throw new Error("InvalidStateError");
    };
    await assert.rejects(shrink(picture(), { px: 1280, decode }), NoPicture);
    const huge = { size: 51 * 1024 * 1024, type: "image/jpeg" };
    await assert.rejects(shrink(huge, { px: 1280, decode: async () => assert.fail() }), NoPicture);
});

test("the queue as a file has every unsent operation, photos with them", async () => {
    const { photos } = desk();
    await photos.add(8, { session: 1, line: 5 }, picture(3), "theirs");
    const services = {
        photos,
        queue: { waiting: async () => [count(1), count(2)] },
        device: "d-1",
        me: { user: { id: ME }, company: { id: 1 } },
    };

    const file = await queueFile(services, new Date("2026-11-21T08:09:10Z"));

    assert.equal(file.name, "stockex-queue-2026-11-21T080910.json");
    const content = JSON.parse(await file.text());
    assert.deepEqual(
        [content.format, content.version, content.device, content.user],
        ["stockex-handheld-queue", 1, "d-1", { id: ME }]
    );
    assert.deepEqual(
        content.ops.map(({ op, user, kind, data }) => [op, user, kind, data]),
        [
            ["count-1", ME, "count", undefined],
            ["count-2", ME, "count", undefined],
            ["photo-1", 8, "photo", "yMjI"],
        ]
    );
});
