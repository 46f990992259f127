import assert from "node:assert/strict";
import { test } from "node:test";

import { isLeft } from "../../src/app/count/places.js";
import {
    inWalkingOrder,
    isGuided,
    nextPlace,
    placesOf,
    skip,
    skippedIn,
    walkOn,
} from "../../src/later/count/walking.js";
import { memoryStore } from "./memory_store.mjs";

const PLACE_A = { id: 10, name: "WH/A-01" };
const PLACE_B = { id: 11, name: "WH/B-01" };
const PLANNED = { id: 5, name: "CNT/5", zones: [] };

const at = (id, name, order) => ({ place: { id, name }, order, left: 1 });

test("places are walked in their order, one without stands where its name does", () => {
    const walk = inWalkingOrder([
        at(1, "A-02", 9),
        at(2, "A-10", null),
        at(3, "B-01", 12),
        at(4, "A-01", 3),
        at(5, "Z", null),
        at(6, "A-9", null),
    ]);

    assert.deepEqual(
        walk.map((entry) => entry.place.name),
        ["A-01", "A-02", "A-9", "A-10", "B-01", "Z"]
    );
});

test("what is counted again is left until it is, also before it is sent", async () => {
    const line = (id, location, facts) => ({
        ...{ id, session: 5, product: 20, location, mine: null, order: id, state: "pending" },
        ...facts,
    });
    const store = memoryStore({
        locations: [PLACE_A, PLACE_B],
        lines: [
            line(1, 10, { state: "recount" }),
            line(2, 10, { state: "counted" }),
            line(3, 11, { order: 0, state: "counted", mine: 1 }),
        ],
    });
    const walk = async (counted) => {
        const shown = ({ line: { id, mine } }) => (counted.includes(id) ? 4 : mine);
        const places = await placesOf(store, PLANNED, shown);
        return places.map(({ place, lines, left, again, order }) => [
            ...[place.id, lines, left, again, order],
        ]);
    };

    assert.deepEqual(await walk([]), [
        [10, 2, 1, 1, 1],
        [11, 1, 0, 0, null],
    ]);
    assert.deepEqual((await walk([1]))[0], [10, 2, 0, 0, 1]);
});

test("skipped places come last, in the order in which they were skipped", () => {
    const places = [at(1, "A", 1), at(2, "B", 2), { ...at(3, "C", 3), left: 0 }, at(4, "D", 4)];
    const next = (present, skipped) => nextPlace(places, { id: present }, skipped)?.place.id;

    assert.equal(next(1, []), 2);
    assert.equal(next(1, [2]), 4);
    assert.equal(next(1, [4, 2]), 4);
    assert.equal(next(4, []), 1);
    assert.equal(nextPlace(places, null, [1, 2, 4]).place.id, 1);
    assert.equal(nextPlace([places[2]], null, []), null);
});

test("a place skipped again goes behind the others, and only in its own count", () => {
    skip(PLANNED, { id: 1 });
    skip(PLANNED, { id: 2 });
    skip(PLANNED, { id: 1 });

    assert.deepEqual(skippedIn(PLANNED), [2, 1]);
    assert.deepEqual(skippedIn({ id: 6 }), []);
});

test("what somebody else counted is not left", () => {
    assert.equal(isLeft({ quantity: null, line: { state: "pending" } }), true);
    assert.equal(isLeft({ quantity: null, line: { state: "recount" } }), true);
    assert.equal(isLeft({ quantity: null, line: { state: "counted" } }), false);
    assert.equal(isLeft({ quantity: 0, line: { state: "pending" } }), false);
});

test("one is led on only where the company wants it", async () => {
    const line = { id: 1, session: 6, location: 11, state: "pending", order: 1, mine: null };
    const store = memoryStore({ locations: [PLACE_A, PLACE_B], lines: [line] });
    const counting = { session: { id: 6 }, place: PLACE_A, shown: () => null };
    const services = (route) => ({ store, me: { settings: { route } } });

    assert.deepEqual(await walkOn(services(true), counting), {
        place: PLACE_B,
        notice: "Go to WH/B-01.",
    });
    const there = await walkOn(services(true), { ...counting, place: PLACE_B });
    assert.equal(there.place, null);
    assert.equal((await walkOn(services(false), counting)).place, null);
    assert.equal(isGuided({ me: null }), true);
});
