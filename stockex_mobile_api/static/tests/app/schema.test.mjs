import assert from "node:assert/strict";
import test from "node:test";

import { STEPS, upgrade } from "../../src/app/store/schema.js";

/** A store that remembers what is made in it, and refuses to lose or make anything twice. */
function database(names = []) {
    const made = new Set(names);
    return {
        made,
        createObjectStore(name) {
            assert.ok(!made.has(name), `${name} is made twice`);
            made.add(name);
            return { createIndex() {} };
        },
        deleteObjectStore(name) {
            assert.fail(`${name} is thrown away`);
        },
    };
}

test("a store of any earlier version becomes today's and keeps what it has", () => {
    const today = database();
    upgrade(today, null, 0);

    for (let version = 1; version <= STEPS.length; version += 1) {
        const old = database();
        STEPS.slice(0, version).forEach((step) => step(old, null));
        const kept = [...old.made];
        upgrade(old, null, version);

        assert.deepEqual([...old.made], [...today.made]);
        assert.deepEqual([...old.made].slice(0, kept.length), kept);
    }
    assert.ok(today.made.has("ops") && today.made.has("photos"));
});
