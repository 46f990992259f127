import assert from "node:assert/strict";
import { test } from "node:test";

import { readAmount, sumOf, wayOfCode, waysOf } from "../../src/later/pad/amount.js";

const KETTLE = {
    ...{ uom: { id: 1, name: "Units" }, tracking: "none", barcodes: ["3760000000010"] },
    packs: [
        { barcode: "3760000000027", uom: 2, name: "Box of 12", quantity: 12 },
        { barcode: "13760000000024", uom: 2, name: "Box of 12", quantity: 12 },
        { barcode: null, uom: 3, name: "Pallet", quantity: 480 },
    ],
};
/** What is typed into the unit and the packagings, in their order. */
const sum = (texts, { product = KETTLE, digits = 2, ...facts } = {}) =>
    sumOf(
        waysOf(product).map((way, index) => ({ ...way, text: texts[index] ?? "" })),
        { digits, tracking: product.tracking, ...facts }
    );

test("numbers are read as they are typed, with a point or a comma", () => {
    for (const [text, value] of [
        ...[
            ["0", 0],
            ["12", 12],
            ["12.", 12],
            ["12.5", 12.5],
            ["12,05", 12.05],
            ["007", 7],
        ],
        ...[
            ["", null],
            [".", null],
            [".5", 0.5],
            ["999999999.99", 999999999.99],
        ],
    ]) {
        assert.deepEqual(readAmount(text, 2), { value, problem: "" }, text);
    }
});

test("nonsense is refused and named", () => {
    for (const [text, problem] of [
        ...[
            ["-1", "negative"],
            ["−1", "negative"],
            ["1.2.3", "two_points"],
            ["1,2.3", "two_points"],
        ],
        ...[
            ["1e9", "sign"],
            ["12a", "sign"],
            ["1 2", "sign"],
            ["٣", "sign"],
            ["1/2", "sign"],
        ],
        ...[
            ["1.234", "digits"],
            ["1000000000", "large"],
            ["99999999999999999999", "large"],
        ],
    ]) {
        assert.deepEqual(readAmount(text, 2), { value: null, problem }, text);
    }
    assert.equal(readAmount("1.", 0).problem, "digits");
    assert.equal(readAmount("1.234", 3).problem, "");
});

test("a product is counted in its unit and in each packaging once", () => {
    assert.deepEqual(waysOf(KETTLE), [
        { uom: 1, name: "Units", each: 1 },
        { uom: 2, name: "Box of 12", each: 12 },
        { uom: 3, name: "Pallet", each: 480 },
    ]);
    assert.deepEqual(waysOf({ uom: { id: 1, name: "kg" }, packs: undefined }).length, 1);
});

test("three boxes and five pieces are 41 pieces, in two parts", () => {
    assert.deepEqual(sum(["5", "3"]), {
        quantity: 41,
        parts: [
            { uom: 1, quantity: 5 },
            { uom: 2, quantity: 3 },
        ],
        problem: "",
    });
    assert.deepEqual(sum(["", "3"]).parts, [{ uom: 2, quantity: 3 }]);
    assert.deepEqual(sum(["5"]), { quantity: 5, parts: null, problem: "" });
    assert.deepEqual(sum(["0"]), { quantity: 0, parts: null, problem: "" });
    assert.deepEqual(sum([]), { quantity: null, parts: null, problem: "" });
});

test("a sum that the unit cannot hold, or of a serial number, is refused", () => {
    const sack = { uom: { id: 1, name: "kg" }, packs: [{ uom: 2, name: "Sack", quantity: 0.125 }] };

    assert.deepEqual(sum(["0.1", "8"], { product: sack }).quantity, 1.1);
    assert.equal(sum(["0.2", "8"], { product: sack }).problem, "");
    assert.equal(sum(["", "1"], { product: sack }).problem, "sum_digits");
    assert.equal(sum(["", "1"], { product: sack, digits: 3 }).quantity, 0.125);
    assert.equal(sum(["2"], { tracking: "serial" }).problem, "serial");
    assert.equal(sum(["1"], { tracking: "serial" }).problem, "");
    assert.equal(sum(["1", "", "9999999"]).problem, "large");
    assert.equal(sum(["1.234", "2"]).problem, "digits");
});

test("a scanned code adds to its packaging, or to the unit", () => {
    const ways = waysOf(KETTLE);
    assert.equal(wayOfCode(KETTLE, ways, ["3760000000027"]), 1);
    assert.equal(wayOfCode(KETTLE, ways, ["13760000000024"]), 1);
    assert.equal(wayOfCode(KETTLE, ways, ["3760000000010"]), 0);
    assert.equal(wayOfCode(KETTLE, ways, ["3760000000034"]), -1);
});
