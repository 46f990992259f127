import assert from "node:assert/strict";
import { test } from "node:test";

import { SIGNS, mappedPlaces, statusOf } from "../../src/later/screens/map/status.js";
import { memoryStore } from "./memory_store.mjs";

const place = (id, name, facts = {}) => ({ id, name, sessions: [5], others: [], ...facts });
const line = (id, location, facts = {}) => ({
    ...{ id, session: 5, location, state: "pending", order: id, mine: null },
    ...facts,
});

test("each status has its own sign, and comes from what is left", () => {
    const of = (mine, lines, left, again) => statusOf({ mine, lines, left, again });

    assert.equal(of(true, 3, 3, 0), "open");
    assert.equal(of(true, 3, 1, 0), "partly");
    assert.equal(of(true, 3, 1, 1), "again");
    assert.equal(of(true, 3, 0, 0), "counted");
    assert.equal(of(true, 0, 0, 0), "empty");
    assert.equal(of(false, 0, 0, 0), "other");
    assert.equal(new Set(Object.values(SIGNS)).size, 6);
});

test("a map has what is to be counted, what is empty and what others count, as one walks", async () => {
    const store = memoryStore({
        locations: [
            place(1, "W"),
            place(2, "W/A"),
            place(3, "W/A/1"),
            place(4, "W/A/2"),
            place(5, "W/A/3"),
            place(6, "W/B", { sessions: [], others: [5] }),
            place(7, "W/C", { sessions: [9] }),
            place(8, "W/A/10"),
        ],
        lines: [
            line(1, 3, { state: "counted", mine: 2 }),
            line(2, 4),
            line(3, 2, { state: "recount" }),
            line(4, 7, { session: 9 }),
        ],
    });

    const entries = await mappedPlaces(store, { id: 5 }, ({ line: { mine } }) => mine);

    assert.deepEqual(
        entries.map((entry) => [entry.place.name, entry.status]),
        [
            ["W/A/1", "counted"],
            ["W/A/2", "open"],
            ["W/A", "again"],
            ["W/A/3", "empty"],
            ["W/A/10", "empty"],
            ["W/B", "other"],
        ]
    );
});

test("a count that was begun here shows its places before the server knows it", async () => {
    const store = memoryStore({ locations: [place(3, "W/A/1", { sessions: [] })] });

    const entries = await mappedPlaces(store, { id: "local:u", places: [3] }, () => null);

    assert.deepEqual(
        entries.map((entry) => [entry.place.id, entry.status]),
        [[3, "empty"]]
    );
});
