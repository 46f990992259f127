import assert from "node:assert/strict";
import { test } from "node:test";

import { MOST_AGE_MS, Position, follow } from "../../src/later/position/position.js";

/** A device whose position the test tells, and whose clock it sets. */
function device() {
    const world = { now: 1_000_000, refused: 0, cleared: [] };
    world.geolocation = {
        watchPosition: (take, fail) => {
            Object.assign(world, { take, fail });
            return 4;
        },
        clearWatch: (id) => world.cleared.push(id),
    };
    world.position = new Position({
        geolocation: world.geolocation,
        now: () => world.now,
        onRefused: () => (world.refused += 1),
    });
    world.at = (latitude, longitude, accuracy = 12.4, timestamp = world.now) =>
        world.take({ coords: { latitude, longitude, accuracy }, timestamp });
    return world;
}

test("the last fix is told for two minutes", () => {
    const world = device();
    assert.equal(world.position.fix(), null);
    world.position.start();
    world.at(45.76404321, 4.83565612);

    assert.deepEqual(world.position.fix(), { lat: 45.764043, lon: 4.835656, accuracy: 12 });
    world.now += MOST_AGE_MS;
    assert.notEqual(world.position.fix(), null);
    world.now += 1;
    assert.equal(world.position.fix(), null);
});

test("a fix that is old already, or dated in the future, is as old as it is", () => {
    const world = device();
    world.position.start();
    world.at(1, 2, 3, world.now - MOST_AGE_MS - 1);
    assert.equal(world.position.fix(), null);
    world.at(1, 2, 3, world.now + 1e9);
    world.now += MOST_AGE_MS + 1;
    assert.equal(world.position.fix(), null);
});

test("a refusal ends it and is told once; no signal does not", () => {
    const world = device();
    world.position.start();
    world.at(1, 2);
    world.fail({ code: 2 });
    world.fail({ code: 3 });
    assert.deepEqual([world.refused, world.position.fix().lat], [0, 1]);

    world.fail({ code: 1 });

    assert.deepEqual([world.refused, world.cleared, world.position.fix()], [1, [4], null]);
});

test("nonsense and devices without a position change nothing", () => {
    const world = device();
    world.position.start();
    world.at(Number.NaN, 2);
    assert.equal(world.position.fix(), null);
    world.at(1, 2, Infinity);
    assert.equal(world.position.fix().accuracy, null);

    const none = new Position({ geolocation: null, now: () => 0, onRefused: assert.fail });
    none.start();
    assert.equal(none.fix(), null);
    none.stop();
});

test("a device is followed only if the company wants it and its user agreed", () => {
    const world = device();
    const services = (wanted, answer) => ({
        me: { user: { id: 7 }, settings: { position: wanted } },
        settings: { position_7: answer },
        window: { navigator: { geolocation: world.geolocation } },
        set: () => {},
    });
    for (const [wanted, answer] of [
        [false, "yes"],
        [true, "no"],
        [true, "refused"],
        [true, undefined],
    ]) {
        follow(services(wanted, answer));
        assert.equal(world.take, undefined);
    }

    const agreed = services(true, "yes");
    follow(agreed);
    world.take({ coords: { latitude: 1, longitude: 2, accuracy: 3 }, timestamp: Date.now() });
    assert.deepEqual(agreed.position.fix(), { lat: 1, lon: 2, accuracy: 3 });
    agreed.settings.position_7 = "no";
    follow(agreed);
    assert.equal(agreed.position.fix(), null);
});
