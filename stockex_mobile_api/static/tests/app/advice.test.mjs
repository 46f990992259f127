import assert from "node:assert/strict";
import { test } from "node:test";

import { advice } from "../../src/later/hints/advice.js";

const USED = {
    ...{ isSecure: true, isInstalled: true, canInstall: false, isApple: false },
    ...{ counted: 12, counts: 3, dismissed: [] },
};

test("a device in use needs no hint", () => {
    assert.deepEqual(advice(USED), []);
});

test("a new user is told how to begin, once there is something to count", () => {
    assert.deepEqual(advice({ ...USED, counted: 0 }), ["start"]);
    assert.deepEqual(advice({ ...USED, counted: 0, counts: 0 }), []);
});

test("an address without https comes first, and nothing can be installed from it", () => {
    const facts = { ...USED, isSecure: false, isInstalled: false, canInstall: true, counted: 0 };

    assert.deepEqual(advice(facts), ["insecure", "start"]);
});

test("a browser that can install is offered it; an Apple device has its own way", () => {
    const facts = { ...USED, isInstalled: false };

    assert.deepEqual(advice(facts), []);
    assert.deepEqual(advice({ ...facts, canInstall: true }), ["install"]);
    assert.deepEqual(advice({ ...facts, isApple: true }), ["share"]);
});

test("a hint that was put aside does not come back", () => {
    const facts = { ...USED, isInstalled: false, canInstall: true, dismissed: ["install"] };

    assert.deepEqual(advice(facts), []);
});
