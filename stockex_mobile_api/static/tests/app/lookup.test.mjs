import assert from "node:assert/strict";
import { test } from "node:test";

import { NoLine, Refused, SignedOut } from "../../src/app/sync/engine.js";
import { lookUp } from "../../src/later/lookup/ask.js";
import { day, figuresTag, moment, money } from "../../src/later/lookup/formats.js";
import { KEPT, lastOf, remember } from "../../src/later/lookup/history.js";
import { notesOf, paramsOfScan, questionOf, subjectOf } from "../../src/later/lookup/subject.js";
import { readHash, writeHash } from "../../src/app/ui/router.js";
import { memoryStore } from "./memory_store.mjs";

const HERE = { status: "one", card: { id: 1 } };
const THERE = { status: "one", card: { id: 1, stock: {} } };

/** Return what is shown, in order; `wait` ends when the test says so. */
async function shown({ ask, here = async () => HERE, wait = () => new Promise(() => {}) }) {
    const log = [];
    await lookUp({
        ask,
        here,
        wait,
        show: (stage, answer, error) => log.push([stage, answer, error?.message ?? null]),
    });
    return log;
}

const later = (answer) => new Promise((resolve) => setTimeout(() => resolve(answer), 20));

// --- Who is asked ---

test("what the device knows is shown until the server answers", async () => {
    assert.deepEqual(await shown({ ask: () => later(THERE) }), [
        ["asking", HERE, null],
        ["server", THERE, null],
    ]);
});

test("a server that is faster than the device is shown alone", async () => {
    const log = await shown({ ask: async () => THERE, here: () => later(HERE) });

    assert.deepEqual(log, [["server", THERE, null]]);
});

test("a slow server is said to be slow, and its answer still comes", async () => {
    const log = await shown({ ask: () => later(THERE), wait: async () => undefined });

    assert.deepEqual(
        log.map(([stage, answer]) => [stage, answer]),
        [
            ["asking", HERE],
            ["slow", HERE],
            ["server", THERE],
        ]
    );
});

test("without an answer the device's own stays, and it is said why", async () => {
    const cases = [
        [new NoLine("no line"), "offline"],
        [new SignedOut(), "signed_out"],
        [new Refused("invalid", "Too long."), "refused"],
        [new Error("broken"), "trouble"],
    ];
    for (const [error, stage] of cases) {
        const log = await shown({ ask: () => Promise.reject(error) });

        assert.deepEqual(log.at(-1), [stage, HERE, error.message]);
    }
});

test("a device whose store cannot be read still shows the server's answer", async () => {
    const log = await shown({
        ask: () => later(THERE),
        here: () => Promise.reject(new Error("closed")),
    });

    assert.equal(log[0][1].status, "unknown");
    assert.deepEqual(log.at(-1), ["server", THERE, null]);
});

test("what the server need not be asked is answered here", async () => {
    assert.deepEqual(await shown({ ask: null, here: () => later(HERE) }), [["server", HERE, null]]);
});

// --- What is asked ---

test("an address says what is looked up, and nonsense says nothing", () => {
    const code = { kind: "code", text: "a/b?c &\x1d+%", format: "code128", typed: false };
    const address = writeHash("lookup", null, paramsOfScan({ text: code.text, format: "code128" }));

    assert.deepEqual(subjectOf(readHash(address).params), code);
    assert.equal(readHash(address).screen, "lookup");
    assert.deepEqual(subjectOf({ location: "5" }), { kind: "location", id: 5 });
    assert.deepEqual(subjectOf(paramsOfScan({ text: "bolt", source: "pad" })).typed, true);
    for (const params of [
        {},
        { code: " " },
        { lot: "0" },
        { lot: "-1" },
        { lot: "1.5" },
        { lot: "x" },
        { product: "2147483648" },
        { user: "1" },
    ]) {
        assert.equal(subjectOf(params), null, JSON.stringify(params));
    }
});

test("a question says what was read in the code", () => {
    const ask = (text, more = {}) => questionOf({ kind: "code", text, format: "", ...more });

    assert.deepEqual(questionOf({ kind: "lot", id: 7 }), { lot: 7 });
    assert.deepEqual(ask(" BLT\r\n"), { code: "BLT" });
    assert.deepEqual(ask("]E04006381333931"), { code: "4006381333931" });
    assert.deepEqual(ask("bolt", { typed: true }), { code: "bolt", typed: true });
    assert.deepEqual(ask("]C1010950600013435210L1"), {
        code: "]C1010950600013435210L1",
        gs1: { gtin: "09506000134352", lot: "L1" },
    });
    assert.deepEqual(ask("https://id.gs1.org/01/09506000134352/10/L1?17=280101").gs1, {
        gtin: "09506000134352",
        lot: "L1",
    });
    assert.deepEqual(ask("01234565", { format: "upce" }), {
        code: "01234565",
        gs1: { gtin: "00012345000065" },
    });
});

test("what is no code is not sent", () => {
    for (const text of ["x".repeat(501), "a\0b", "]E0"]) {
        assert.equal(questionOf({ kind: "code", text }), null, text.slice(0, 9));
    }
    assert.ok(questionOf({ kind: "code", text: "x".repeat(500) }));
});

test("a label tells what is new or other than what is known", () => {
    const scan = { kind: "code", text: "]C101095060001343521728010130 5\x1d10L1".replace(" ", "") };
    const lot = { kind: "lot", expires: "2028-02-01T10:00:00Z" };

    assert.deepEqual(notesOf(scan, { kind: "product", tracking: "lot" }), [
        { name: "new_lot", value: "L1" },
        { name: "quantity", value: "5" },
    ]);
    assert.deepEqual(notesOf(scan, { kind: "product", tracking: "none" }), [
        { name: "quantity", value: "5" },
    ]);
    assert.deepEqual(notesOf(scan, lot)[0], { name: "other_date", value: "2028-01-01" });
    assert.equal(notesOf(scan, { ...lot, expires: "2028-01-01T23:00:00Z" })[0].name, "quantity");
    assert.deepEqual(notesOf({ kind: "code", text: "BLT" }, lot), []);
    assert.deepEqual(notesOf({ kind: "lot", id: 1 }, lot), []);
});

// --- What was asked before ---

test("the last ten are kept, each once, newest first, for each user", async () => {
    const store = memoryStore();
    for (let id = 1; id <= KEPT + 2; id++) {
        await remember(store, 7, { kind: "product", id, name: `P${id}`, stock: { quantity: 5 } });
    }

    const list = await remember(store, 7, { kind: "product", id: 5, name: "P5" });

    assert.equal(list.length, KEPT);
    assert.deepEqual(list[0], { kind: "product", id: 5, name: "P5" });
    assert.equal(list.filter((one) => one.id === 5).length, 1);
    assert.deepEqual(await lastOf(store, 7), list);
    assert.deepEqual(await lastOf(store, 8), []);
    assert.ok(!JSON.stringify(list).includes("quantity"));
});

// --- How it is written ---

test("money and dates are written as the user's language does", () => {
    const price = { amount: 1234.5, currency: "EUR", digits: 2 };
    const plain = (text) => text.replace(/\s/g, " ");

    assert.equal(figuresTag("en_GB", "en-US"), "en-GB");
    assert.equal(figuresTag("fr_FR", "en-US"), "en-US");
    assert.equal(figuresTag("fr_MA", "fr-FR"), "fr-MA");
    assert.equal(figuresTag("en_GB@nonsense_", "en-US"), "en-GB");
    assert.equal(figuresTag("en_", "en-US"), "en-US");
    assert.equal(figuresTag(null, "en-US"), "en-US");
    assert.equal(money(price, "en-US"), "€1,234.50");
    assert.equal(plain(money(price, "fr-FR")), "1 234,50 €");
    assert.equal(plain(money({ ...price, currency: "XOF", digits: 0 }, "fr-FR")), "1 235 F CFA");
    assert.equal(money({ ...price, currency: "TOKEN" }, "en-US"), "1,234.50 TOKEN");
    assert.equal(day("2026-12-03", "en-GB"), "3 Dec 2026");
    assert.equal(day("2026-12-03T12:00:00Z", "fr-FR"), "3 déc. 2026");
});

test("of today the hour is enough", () => {
    const now = new Date(2026, 11, 3, 15);

    assert.equal(moment(new Date(2026, 11, 3, 9, 5).toISOString(), "en-GB", now), "09:05");
    assert.match(moment(new Date(2026, 11, 2, 9, 5).toISOString(), "en-GB", now), /2 Dec 2026/);
});
