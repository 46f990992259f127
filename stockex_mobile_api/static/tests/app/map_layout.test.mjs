import assert from "node:assert/strict";
import { test } from "node:test";

import { addressesOf, layOut } from "../../src/later/screens/map/layout.js";
import { pick, seeded } from "./helpers.mjs";

const SIZE = { width: 344, cell: 52, gap: 6, title: 28 };
const named = (names) => names.map((name, index) => ({ id: index + 1, name }));
const two = (number) => String(number).padStart(2, "0");
const cells = (picture) => picture.aisles.flatMap((aisle) => aisle.cells);

/** Check what holds for every picture. */
function check(places, size = SIZE) {
    const picture = layOut(places, size);
    const found = cells(picture);
    const ids = found.map((cell) => cell.id);

    assert.deepEqual(
        [...ids].sort((a, b) => a - b),
        places.map((place) => place.id)
    );
    const spots = new Set(found.map((cell) => `${cell.x}:${cell.y}`));
    assert.equal(spots.size, places.length, "two in one spot");
    assertApart(found.map((cell) => ({ ...cell, width: size.cell, height: size.cell })));
    assertApart(picture.aisles);
    for (const aisle of picture.aisles) {
        assert.ok(aisle.x >= 0 && aisle.y >= 0 && aisle.x + aisle.width <= size.width);
        assert.ok(aisle.y + aisle.height <= picture.height);
        for (const cell of aisle.cells) {
            assert.ok(cell.x >= aisle.x && cell.y >= aisle.y + size.title, "outside");
            assert.ok(cell.x + size.cell <= aisle.x + aisle.width, "outside to the right");
            assert.ok(cell.y + size.cell <= aisle.y + aisle.height, "outside below");
        }
    }
    assertInOrder(picture, new Map(places.map((place, index) => [place.id, index])));
    return picture;
}

function assertApart(boxes) {
    const sorted = [...boxes].sort((one, other) => one.x - other.x);
    sorted.forEach((one, index) => {
        for (const other of sorted.slice(index + 1)) {
            if (other.x >= one.x + one.width) {
                break;
            }
            assert.ok(
                other.y >= one.y + one.height || one.y >= other.y + other.height,
                `${JSON.stringify(one)} covers ${JSON.stringify(other)}`
            );
        }
    });
}

/** Aisles stand in the order of the walk, and so do the places within and the racks. */
function assertInOrder(picture, walk) {
    const ascending = (numbers) =>
        assert.deepEqual(
            numbers,
            [...numbers].sort((one, other) => one - other)
        );
    ascending(picture.aisles.map((aisle) => walk.get(aisle.cells[0].id)));
    for (const aisle of picture.aisles) {
        ascending(aisle.cells.map((cell) => walk.get(cell.id)));
    }
    // Left to right, band after band: where one reads on, the walk goes on.
    const starts = picture.aisles.map((aisle) => aisle.y * 100_000 + aisle.x);
    ascending(starts);
}

test("aisle, rack and level are told by the hierarchy or by one name", () => {
    const whole = [
        ["A", "01", "3"],
        ["B", "02", "1"],
    ];

    for (const names of [
        ["WH/Stock/A/01/3", "WH/Stock/B/02/1"],
        ["WH/Stock/A-01-3", "WH/Stock/B-02-1"],
        ["WH/Stock/A/A-01/A-01-3", "WH/Stock/B/B-02/B-02-1"],
        ["A01.3", "B02.1"],
        ["WH / A / 01 / 3", "WH / B / 02 / 1"],
    ]) {
        assert.deepEqual(addressesOf(names).addresses, whole, names[0]);
    }
    assert.deepEqual(addressesOf(["WH/Packing Zone", "WH/Stock"]), {
        root: "WH",
        addresses: [["Packing Zone"], ["Stock"]],
    });
    assert.deepEqual(addressesOf(["WH/Stock"]).addresses, [["Stock"]]);
    assert.deepEqual(addressesOf([]), { root: "", addresses: [] });
});

test("racks stand beside one another, the lowest level at the bottom", () => {
    const places = named(
        ["A/01/01", "A/01/02", "A/02/01", "A/02/02", "B/01/01"].map((n) => `W/${n}`)
    );

    const picture = check(places);

    assert.equal(picture.root, "W");
    assert.deepEqual(
        picture.aisles.map((aisle) => aisle.name),
        ["A", "B"]
    );
    const [low, high, next] = picture.aisles[0].cells;
    assert.deepEqual([low.x, next.x - low.x], [high.x, 58]);
    assert.deepEqual([low.y - high.y, next.y], [58, low.y]);
    assert.deepEqual(
        picture.aisles[0].cells.map((cell) => cell.label),
        ["01-01", "01-02", "02-01", "02-02"]
    );
});

test("racks are as they are walked, also from the far end", () => {
    const { aisles } = check(named(["A-03", "A-02", "A-01"]));

    assert.deepEqual(
        aisles[0].cells.map((cell) => cell.label),
        ["03", "02", "01"]
    );
    assert.ok(aisles[0].cells[0].x < aisles[0].cells[2].x);
});

test("a rack that is a place itself stands below its levels", () => {
    const { aisles } = check(named(["W/A", "W/A/01", "W/A/01/01", "W/A/01/02", "W/A/02"]));

    assert.deepEqual(
        aisles.map((aisle) => aisle.name),
        ["A"]
    );
    const [, rack, low] = aisles[0].cells;
    assert.equal(rack.x, low.x);
    assert.ok(rack.y > low.y);
});

test("places of one name, without a name and of strange names are all there", () => {
    check(named(["A-01", "A-01", "A-01", "B"]));
    check(named(["", "/", "--", "A/", "É-01", "棚-01", "A-01'", "A-01"]));
    check(named(["one"]));
    assert.deepEqual(layOut([], SIZE), { root: "", width: 344, height: 0, aisles: [] });
});

test("forty levels are no levels but a row that wraps", () => {
    const { aisles } = check(
        named(Array.from({ length: 40 }, (_n, index) => `A/01/${two(index)}`))
    );

    assert.ok(new Set(aisles.flatMap((one) => one.cells.map((cell) => cell.x))).size > 1);
});

test("on a wide screen short aisles stand beside one another", () => {
    const places = named(["A-01", "A-02", "B-01", "B-02", "C-01", "C-02"]);

    assert.equal(new Set(check(places).aisles.map((aisle) => aisle.y)).size, 2);
    assert.equal(new Set(check(places, { ...SIZE, width: 800 }).aisles.map((a) => a.y)).size, 1);
});

test("any warehouse: each place once, none upon another, the walk in order", () => {
    for (let seed = 1; seed <= 300; seed += 1) {
        const random = seeded(seed);
        const upTo = (most) => 1 + Math.floor(random() * most);
        const style = pick(random, ["/", "-", ".", " ", ""]);
        const names = [];
        for (let aisle = 0; aisle < upTo(6); aisle += 1) {
            const letter = String.fromCharCode(65 + aisle);
            for (let rack = 1; rack <= upTo(15); rack += 1) {
                for (let level = 1; level <= upTo(10); level += 1) {
                    names.push(["WH/Stock/", [letter, two(rack), level].join(style)].join(""));
                }
            }
        }
        names.push(...["WH/Stock", "WH/Dock", "WH/Stock/A", "WH/Stock/A"].slice(0, upTo(4)));
        if (random() < 0.3) {
            names.sort(() => random() - 0.5);
        }
        check(named(names.slice(0, 500)), {
            width: pick(random, [320, 344, 724, 784, 1264]),
            cell: pick(random, [20, 52, 84]),
            gap: pick(random, [2, 6]),
            title: pick(random, [0, 28]),
        });
    }
});

test("five hundred places are laid out at once", () => {
    const names = Array.from({ length: 500 }, (_n, index) =>
        ["W", Math.floor(index / 100), two(Math.floor(index / 5) % 20), (index % 5) + 1].join("/")
    );

    const start = performance.now();
    const picture = check(named(names));

    assert.ok(performance.now() - start < 1000);
    assert.equal(picture.aisles.length, 5);
});
