import assert from "node:assert/strict";
import { test } from "node:test";

import { begunHere } from "../../src/later/count/begun.js";
import {
    FORBIDDEN,
    FREE,
    OPEN,
    SURE,
    belowOf,
    choose,
    isOwn,
    mayBegin,
    scanned,
    search,
    searchable,
    whoToAsk,
} from "../../src/later/screens/adhoc/beginning.js";
import { memoryStore } from "./memory_store.mjs";

const place = (id, name, facts = {}) => ({
    ...{ id, name, barcode: `L-${id}`, company: 1, sessions: [], others: [] },
    ...facts,
});
const STOCK = place(1, "WH/Stock");
const SHELF = place(2, "WH/Stock/A-1");
const LEVEL = place(3, "WH/Stock/A-1/01");
const ALIKE = place(4, "WH/Stock/A-10");
const THEIRS = place(5, "WH/Stock/A-1/X", { company: 2 });
const COUNTED = place(6, "WH/Étagère 6", { sessions: [50] });
const OTHERS = place(7, "WH/Stock/B", { others: [50] });
const PLACES = [STOCK, SHELF, LEVEL, ALIKE, THEIRS, COUNTED, OTHERS];
const PLANNED = { id: 50, name: "CNT/50", zones: [], controller: "Carla" };
const ME = {
    user: { id: 7 },
    companies: [
        { id: 1, adhoc: true },
        { id: 2, adhoc: false },
    ],
};
const facts = (more = {}) => ({ me: ME, sessions: [PLANNED], places: PLACES, ...more });

test("only who may begins a count, the others learn who to ask", () => {
    assert.equal(mayBegin(ME), true);
    assert.equal(mayBegin({ ...ME, companies: [ME.companies[1]] }), false);
    assert.equal(mayBegin(null), false);
    assert.deepEqual(whoToAsk([PLANNED, PLANNED, { controller: null }]), ["Carla"]);
});

test("a shelf without anything special is begun at once", () => {
    assert.deepEqual(choose(LEVEL, facts()), { kind: FREE, below: [], elsewhere: [] });
});

test("a place that holds others, or that somebody else counts, is asked about", () => {
    assert.deepEqual(choose(SHELF, facts()), { kind: SURE, below: [3], elsewhere: [] });
    assert.deepEqual(choose(OTHERS, facts()), { kind: SURE, below: [], elsewhere: [PLANNED] });
    assert.deepEqual(belowOf(PLACES, STOCK), [2, 3, 4, 7]);
});

test("a place in an own count leads there, also in one that the server has not seen", () => {
    assert.deepEqual(choose(COUNTED, facts()), { kind: OPEN, session: PLANNED });
    const own = begunHere({ uuid: "u", place: SHELF, below: [3], user: 7 });
    for (const one of [SHELF, LEVEL]) {
        assert.deepEqual(choose(one, facts({ sessions: [PLANNED, own] })), {
            kind: OPEN,
            session: own,
        });
    }
    const refused = { ...own, refused: "No." };
    assert.equal(choose(LEVEL, facts({ sessions: [refused] })).kind, FREE);
    assert.deepEqual([isOwn([own], LEVEL), isOwn([own], ALIKE)], [true, false]);
});

test("a place of a company that does not want it is not counted", () => {
    assert.deepEqual(choose(THEIRS, facts()), { kind: FORBIDDEN });
    assert.deepEqual(choose(place(9, "?", { company: 3 }), facts()), { kind: FORBIDDEN });
});

test("places are found by words of their name, without accents, and by their code", () => {
    const all = searchable(PLACES);
    const names = (text, most = 10) => search(all, text, most).found.map((one) => one.id);

    assert.deepEqual(names("etagere"), [6]);
    assert.deepEqual(names("stock a-1"), [2, 3, 5, 4]);
    assert.deepEqual(names("l-4"), [4]);
    assert.deepEqual(names("nothing"), []);
    assert.deepEqual([names("", 2), search(all, "", 2).total], [[6, 1], 7]);
});

test("a scanned code is a place, a product, or unknown", async () => {
    const product = { id: 20, name: "Kettle", codes: ["376"], packs: [], tracking: "none" };
    const twin = { ...ALIKE, id: 8, barcode: "L-3" };
    const store = memoryStore({ locations: [...PLACES, twin], products: [product] });
    const answer = async (text) => {
        const { places, isProduct } = await scanned(text, store);
        return [places.map((one) => one.id), isProduct];
    };

    assert.deepEqual(await answer("L-2"), [[2], false]);
    assert.deepEqual(await answer("L-3"), [[3, 8], false]);
    assert.deepEqual(await answer("376"), [[], true]);
    assert.deepEqual(await answer("nobody"), [[], false]);
});
