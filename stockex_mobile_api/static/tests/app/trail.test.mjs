import assert from "node:assert/strict";
import { test } from "node:test";

import { Trail } from "../../src/app/ui/trail.js";

test("from a count one goes back to the counts, and the counts are not there twice", () => {
    const trail = new Trail("#tasks");
    trail.follow("#count/7");

    assert.equal(trail.way("#tasks"), "back");
    trail.follow("#tasks");
    assert.deepEqual(trail.hashes, ["#tasks"]);
});

test("screens of the bar take each other's place", () => {
    const trail = new Trail("#tasks");

    assert.equal(trail.way("#queue"), "replace");
    trail.follow("#queue");
    assert.equal(trail.way("#settings"), "replace");
    trail.follow("#settings");
    assert.deepEqual(trail.hashes, ["#settings"]);
});

test("a count that was opened by its address gives way to the counts", () => {
    const trail = new Trail("#count/7");

    assert.equal(trail.way("#tasks"), "replace");
    trail.follow("#tasks");
    assert.deepEqual(trail.hashes, ["#tasks"]);
});

test("the device's own back is a step back as well", () => {
    const trail = new Trail("#tasks");
    trail.follow("#count/7");
    trail.follow("#map/7");
    trail.follow("#count/7");

    assert.deepEqual(trail.hashes, ["#tasks", "#count/7"]);
});
