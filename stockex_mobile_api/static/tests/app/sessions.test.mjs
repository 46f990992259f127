import assert from "node:assert/strict";
import { test } from "node:test";

import { Counting, FOREIGN_PLACE, PLACE } from "../../src/app/count/counting.js";
import {
    isFinished,
    isLocal,
    isPlaceOf,
    sessionOf,
    sessionsOf,
} from "../../src/app/count/sessions.js";
import { foundIn } from "../../src/later/guide/found.js";
import { begunHere, finished, isFinishable, sessionAt } from "../../src/later/count/begun.js";
import { Catalogue } from "../../src/app/sync/catalogue.js";
import { Queue } from "../../src/app/sync/queue.js";
import { settled } from "../../src/app/sync/ops.js";
import { memoryStore } from "./memory_store.mjs";

const PLACE_A = { id: 10, name: "WH/A-01", barcode: "A01", sessions: [], others: [] };
const PLACE_B = { id: 11, name: "WH/B-01", barcode: "B01", sessions: [5], others: [] };
const KETTLE = { id: 20, name: "Kettle", codes: ["376"], barcodes: ["376"], packs: [] };
const PLANNED = { id: 5, name: "CNT/5", zones: [] };
const USER = 7;

function device() {
    const store = memoryStore({
        sessions: [PLANNED],
        locations: [PLACE_A, PLACE_B],
        products: [{ ...KETTLE, tracking: "none", uom: { id: 1, name: "Units" } }],
    });
    let number = 0;
    const queue = new Queue(store, {
        uuid: () => `op-${(number += 1)}`,
        now: () => new Date("2026-11-21T08:00:00Z"),
        channel: { postMessage: () => {} },
    });
    return { store, queue };
}

async function begin({ queue }) {
    const session = begunHere({ uuid: "u1", place: PLACE_A, below: [12], user: USER });
    const body = { kind: "adhoc", session: session.id, location: PLACE_A.id };
    await queue.add(USER, body, { session, label: PLACE_A.name });
    return session;
}

/** Have a server answer for everything that waits. */
async function answer({ queue }, results) {
    const waiting = await queue.waiting(USER);
    const { ops, lines } = settled(
        waiting,
        results.map((result, index) => ({ op: waiting[index].op, line: null, ...result }))
    );
    await queue.settle(ops, lines);
}

test("a count begun here is there at once, for its own counter alone", async () => {
    const here = device();

    const session = await begin(here);

    assert.equal(isLocal(session), true);
    assert.deepEqual(await sessionOf(here.store, "local:u1"), session);
    const ids = async (user) => (await sessionsOf(here.store, user)).map((one) => one.id);
    assert.deepEqual(await ids(USER), [5, "local:u1"]);
    assert.deepEqual(await ids(8), [5]);
    assert.deepEqual(
        [10, 12, 11].map((id) => isPlaceOf(session, { id })),
        [true, true, false]
    );
    assert.equal(sessionAt([PLANNED, session], PLACE_A), session);
    assert.equal(sessionAt([PLANNED, session], PLACE_B), PLANNED);
    assert.equal(sessionAt([PLANNED, session], { id: 99, sessions: [] }), undefined);
});

test("a full device begins nothing, neither the count nor what tells the server of it", async () => {
    const here = device();
    here.store.fail = new Error("full");

    await assert.rejects(begin(here), /full/);

    assert.equal(here.store.rows.ops.size, 0);
    assert.equal(await sessionOf(here.store, "local:u1"), null);
    assert.equal(here.queue.unsent.length, 0);
});

test("the server's answer gives the count its number, and what was counted stays shown", async () => {
    const here = device();
    let told = 0;
    here.queue.begun = () => (told += 1);
    const count = new Counting({
        session: await begin(here),
        store: here.store,
        act: (body, facts) => here.queue.add(USER, body, facts),
        shown: (target) => here.queue.shown(target),
    });
    assert.equal((await count.scan("A01")).kind, PLACE);
    assert.equal((await count.scan("B01")).kind, FOREIGN_PLACE);
    await count.scan("376");
    const before = await count.scan("376");
    assert.equal(before.quantity, 2);
    assert.equal(told, 0);

    const line = { id: 70, session: 9, product: 20, location: 10, lot: null, package: null };
    const counted = { status: "applied", session: 9, line: { ...line, mine: 2, base: "e4" } };
    await answer(here, [{ status: "applied", session: 9 }, counted, counted]);

    assert.equal(told, 1);
    count.session = await sessionOf(here.store, "local:u1");
    assert.equal(count.session.id, 9);
    assert.deepEqual(
        (await sessionsOf(here.store, USER)).map((one) => one.id),
        [5, 9]
    );
    const [shown] = await count.linesHere();
    assert.deepEqual([shown.line.id, shown.quantity], [70, 2]);
    const after = await count.scan("376");
    assert.deepEqual([after.quantity, after.kept.body.session], [3, 9]);
    // The server's own row takes the place of ours.
    here.store.rows.sessions.set(9, { id: 9, name: "CNT/9", zones: [] });
    assert.equal((await sessionOf(here.store, "local:u1")).name, "CNT/9");
    assert.deepEqual(
        (await sessionsOf(here.store, USER)).map((one) => one.id),
        [5, 9]
    );
});

test("a count that the server refuses says why, and all of it is in the queue", async () => {
    const here = device();
    const { id } = await begin(here);
    const count = { kind: "count", session: id, product: 20, location: 10, quantity: 1 };
    await here.queue.add(USER, count, { shown: 1 });

    const no = (code, message) => ({ status: "rejected", code, message });
    await answer(here, [no("adhoc_forbidden", "Ask Carla."), no("session_unknown", "Gone.")]);

    assert.equal((await sessionOf(here.store, id)).refused, "Ask Carla.");
    const troubles = await here.queue.troubles();
    assert.deepEqual(
        troubles.map((kept) => [kept.body.kind, kept.result.message]),
        [
            ["adhoc", "Ask Carla."],
            ["count", "Gone."],
        ]
    );
    assert.equal(sessionAt(await sessionsOf(here.store, USER), PLACE_A), undefined);
});

/** A server whose only slice with rows is that of sessions. */
function serverWith(sessions) {
    return async (_name, { slice, since }) => {
        const rows = slice === "sessions" && (!since || sessions.changed) ? sessions.rows : [];
        const total = slice === "sessions" ? sessions.rows.length : 0;
        sessions.calls = (sessions.calls ?? 0) + (slice === "sessions" ? 1 : 0);
        return { rows, gone: [], next: null, version: "5", total };
    };
}

test("the catalogue leaves counts begun here alone until the server had them and ended them", async () => {
    const store = memoryStore();
    const local = begunHere({ uuid: "u1", place: PLACE_A, below: [], user: USER });
    store.rows.sessions.set(local.id, local);
    const sessions = { rows: [PLANNED], changed: true };
    const catalogue = new Catalogue(store, serverWith(sessions), () => {});
    const ids = () => [...store.rows.sessions.keys()];

    await catalogue.refresh();
    assert.deepEqual(ids(), ["local:u1", 5]);
    sessions.calls = 0;
    await catalogue.again();
    // It is no row that the server lost: nothing is fetched as a whole.
    assert.equal(sessions.calls, 1);

    store.rows.sessions.set(local.id, { ...local, server: 9 });
    sessions.rows = [PLANNED, { ...PLANNED, id: 9 }];
    await catalogue.refresh();
    assert.deepEqual(ids(), ["local:u1", 5, 9]);

    sessions.rows = [PLANNED];
    await catalogue.refresh();
    assert.deepEqual(ids(), [5]);
});

test("a second look waits for the first, which knew less", async () => {
    const store = memoryStore();
    const asked = [];
    let open = null;
    const call = async (_name, { slice }) => {
        asked.push(slice);
        if (asked.length === 1) {
            await new Promise((resolve) => {
                open = resolve;
            });
        }
        return { rows: [], gone: [], next: null, version: "5", total: 0 };
    };
    const catalogue = new Catalogue(store, call, () => {});
    const first = catalogue.refresh();
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));

    const second = catalogue.again();
    open();
    await Promise.all([first, second]);

    assert.equal(asked.filter((slice) => slice === "sessions").length, 2);
});

test("a count is finished when all that is one's own in it is said to be", () => {
    const zone = (mine, done) => ({ id: 1, mine, done });
    const of = (...zones) => ({ id: 5, zones });

    assert.equal(isFinishable(of(zone(true, false))), true);
    assert.equal(isFinishable(of(zone(false, false))), false);
    assert.equal(isFinishable(of()), false);
    assert.equal(isFinishable(begunHere({ uuid: "u", place: PLACE_A, below: [], user: 7 })), true);
    assert.equal(isFinished(of(zone(true, true), zone(false, false))), true);
    assert.equal(isFinished(of(zone(true, true), zone(true, false))), false);
    assert.equal(isFinished(of()), false);
    const said = finished(of(zone(true, false), zone(false, false)));
    assert.deepEqual([isFinished(said), said.zones[1].done], [true, false]);
});

test("what was found here is told until the server has made lines of it", async () => {
    const here = device();
    const session = await begin(here);
    const { store, queue } = here;
    const count = new Counting({
        session,
        store,
        act: (body, facts) => queue.add(USER, body, facts),
        shown: (target) => queue.shown(target),
    });
    await count.scan("A01");
    await count.scan("376");
    await count.scan("376");
    const found = () => foundIn({ store, unsent: queue.unsent, shown: count.shown }, PLACE_A);

    assert.deepEqual(
        (await found()).map(({ label, quantity, uom }) => [label, quantity, uom.name]),
        [["Kettle", 2, "Units"]]
    );
    assert.deepEqual(
        await foundIn({ store, unsent: queue.unsent, shown: count.shown }, PLACE_B),
        []
    );
    await count.undo();
    assert.equal((await found())[0].quantity, 1);
    await count.undo();
    assert.deepEqual(await found(), []);
    await count.scan("376");
    const line = { id: 70, session: 9, product: 20, location: 10, lot: null, package: null };
    const answers = (await queue.waiting(USER)).map(() => ({
        ...{ status: "applied", session: 9, line: { ...line, mine: 1, base: "e4" } },
    }));
    await answer(here, answers);
    assert.deepEqual(await found(), []);
});
