import assert from "node:assert/strict";
import { test } from "node:test";

import { locksOf, newId } from "../../src/app/platform.js";

test("without https a UUID is made of random bytes", () => {
    const bytes = Uint8Array.from({ length: 16 }, (_, index) => index * 16 + index);
    const crypto = { getRandomValues: (array) => (array.set(bytes), array) };

    assert.equal(newId(crypto), "00112233-4455-4677-8899-aabbccddeeff");
});

test("the browser's own UUID is used where there is one", () => {
    assert.equal(newId({ randomUUID: () => "own" }), "own");
});

test("without locks each tab works for itself", async () => {
    const made = await locksOf({}).request("name", { ifAvailable: true }, (lock) => [lock]);

    assert.deepEqual(made, [{}]);
});

test("locks of the browser are used where there are some", () => {
    const locks = {};

    assert.equal(locksOf({ locks }), locks);
});
