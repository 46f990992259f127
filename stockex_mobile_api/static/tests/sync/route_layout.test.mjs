import assert from "node:assert/strict";
import { test } from "node:test";

import {
    ROW_PX,
    parts,
    scatter,
    ticksOf,
    timeline,
    walkway,
} from "../../src/sync/route/route_layout.js";

const HOUR = 3_600_000;
const at = (hour, minute = 0) => Date.UTC(2026, 2, 10, hour, minute);
const stop = (location, from, to = from) => ({
    location,
    short: `L${location}`,
    name: `Stock/L${location}`,
    startMs: from,
    endMs: to,
});

test("ticks stand on full steps of the reader's clock", () => {
    assert.deepEqual(ticksOf(at(8, 5), at(11, 40), 0), [
        ...[at(8, 30), at(9), at(9, 30), at(10), at(10, 30), at(11), at(11, 30)],
    ]);
    // Nepal is 5:45 ahead: its full hours are at a quarter past.
    assert.deepEqual(ticksOf(at(8), at(16), 345), [
        ...[at(8, 15), at(9, 15), at(10, 15), at(11, 15), at(12, 15), at(13, 15), at(14, 15)],
        at(15, 15),
    ]);
    assert.deepEqual(ticksOf(at(8), at(8), 0), [at(8)]);
    assert.equal(ticksOf(at(0), at(0) + 25 * HOUR, 0, 2).length, 5);
});

test("a location has one row, and each stop its bar", () => {
    const stops = [stop(1, at(8), at(8, 10)), stop(2, at(8, 30)), stop(1, at(9, 30), at(10))];

    const found = timeline(stops, [{ startMs: at(8, 30), endMs: at(9, 30) }], {
        left: 100,
        width: 1300,
    });

    assert.deepEqual(
        found.rows.map(({ location, y }) => [location, y]),
        [
            [1, 0],
            [2, ROW_PX],
        ]
    );
    assert.deepEqual(found.bars, [
        { index: 0, x: 100, width: 100, y: 0 },
        { index: 1, x: 400, width: 4, y: ROW_PX },
        { index: 2, x: 1000, width: 300, y: 0 },
    ]);
    assert.deepEqual(found.gaps, [{ x: 400, width: 600 }]);
    assert.equal(found.height, 2 * ROW_PX);
});

test("a day of one count has a picture, and one of none has an empty one", () => {
    const [bar] = timeline([stop(1, at(8))], [], { left: 100, width: 500 }).bars;
    assert.deepEqual(bar, { index: 0, x: 100, width: 4, y: 0 });
    assert.deepEqual(timeline([], [], { left: 1, width: 2 }), {
        ...{ rows: [], bars: [], gaps: [], ticks: [], height: 0 },
    });
});

test("the last bar stays in the picture", () => {
    const { bars } = timeline([stop(1, at(8)), stop(2, at(9))], [], { left: 0, width: 100 });

    assert.equal(bars[1].x, 96);
});

test("aisles are rows in walking order, and the way leads from stop to stop", () => {
    const place = (id, aisle) => ({ id, aisle, short: `${id}`, lines: 1 });
    const places = [place(1, "A"), place(2, "A"), place(3, "A"), place(4, "B")];

    const found = walkway(places, [stop(1), stop(4), stop(9), stop(1)], {
        ...{ left: 50, width: 250, cell: 100 },
    });

    assert.deepEqual(
        found.nodes.map(({ id, x, y, visits }) => [id, x, y, visits]),
        [
            [1, 100, 50, [1, 4]],
            [2, 200, 50, []],
            [3, 100, 150, []],
            [4, 100, 250, [2]],
        ]
    );
    assert.deepEqual(found.aisles, [
        { name: "A", y: 50 },
        { name: "B", y: 250 },
    ]);
    assert.equal(found.path, "M100 50 L100 250 L100 50");
    assert.deepEqual([found.first.id, found.last.id], [1, 1]);
    assert.deepEqual([found.width, found.height], [250, 300]);
    assert.equal(walkway([], [], { left: 1, width: 2, cell: 3 }).path, "");
});

test("north is up, east is right, and a metre is as long both ways", () => {
    const { dots, metres } = scatter(
        [
            { lat: 45, lon: 5, accuracy: 10 },
            { lat: 45.001, lon: 5, accuracy: 0 },
            { lat: 45.0005, lon: 5.0005, accuracy: 0 },
        ],
        220
    );

    assert.equal(metres, 122);
    assert.ok(dots[1].y < dots[2].y && dots[2].y < dots[0].y);
    assert.ok(dots[2].x > dots[0].x);
    assert.ok(Math.abs(dots[0].y - dots[1].y - 200) < 0.01);
    assert.ok(Math.abs(dots[2].x - dots[0].x - 70.7) < 0.1);
    assert.ok(Math.abs(dots[0].r - 18) < 0.1);
    assert.deepEqual(scatter([], 100), { dots: [], path: "", metres: 0 });
    const [alone] = scatter([{ lat: 45, lon: 5, accuracy: 5 }], 100).dots;
    assert.deepEqual([alone.x, alone.y], [50, 50]);
});

test("durations are split for people", () => {
    assert.deepEqual(parts(3_723), { hours: 1, minutes: 2, seconds: 3 });
    assert.deepEqual(parts(0), { hours: 0, minutes: 0, seconds: 0 });
});
