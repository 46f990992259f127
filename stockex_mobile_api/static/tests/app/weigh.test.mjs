import assert from "node:assert/strict";
import { test } from "node:test";

import { takeTyped } from "../../src/later/scale/typed.js";
import { MOST_AGE_MS, typedWeight, weightFor } from "../../src/later/scale/weigh.js";

const product = (unit) => ({ name: "Coffee", uom: { id: 1, name: unit } });
const reading = (value, unit, facts = {}) => ({
    ...{ value, unit, stable: true, net: null, problem: "" },
    ...facts,
});
const taken = (one, unit, facts = {}) =>
    weightFor(one, { product: product(unit), digits: 3, ...facts });

test("a weight becomes the unit of the product", () => {
    for (const [value, from, to, quantity] of [
        ...[
            [1.234, "kg", "kg", 1.234],
            [1234, "g", "kg", 1.234],
            [1.234, "kg", "g", 1234],
        ],
        ...[
            [2, "lb", "kg", 0.907],
            [1, "kg", "lb", 2.205],
            [1, "oz", "g", 28.35],
        ],
        ...[
            [0, "kg", "kg", 0],
            [1500, "kg", "t", 1.5],
            [3, "kg", " KG ", 3],
        ],
    ]) {
        assert.deepEqual(
            taken(reading(value, from), to),
            { quantity, problem: "" },
            `${value} ${from}`
        );
    }
});

test("what is no weight of goods is refused and named", () => {
    for (const [one, unit, problem, facts] of [
        [null, "kg", "none"],
        [reading(1, "kg"), "Units", "not_weight"],
        [reading(12, "pcs"), "kg", "not_weight"],
        [reading(1, "kg", { stable: false }), "kg", "unstable"],
        [reading(-0.01, "kg"), "kg", "negative"],
        [reading(null, "", { problem: "overload", stable: false }), "kg", "overload"],
        [reading(null, "", { problem: "underload", stable: false }), "kg", "underload"],
        [reading(null, "", { problem: "not_ready", stable: false }), "kg", "not_ready"],
        [reading(1, ""), "kg", "no_unit"],
        [reading(0.3, "g"), "kg", "small"],
        [reading(1, "kg"), "kg", "stale", { age_ms: MOST_AGE_MS + 1 }],
    ]) {
        assert.deepEqual(taken(one, unit, facts), { quantity: null, problem }, problem);
    }
});

test("a scale that types is told from a code", () => {
    assert.equal(typedWeight("  12.34 kg").value, 12.34);
    assert.equal(typedWeight("ST,GS,+  1.234kg").value, 1.234);
    assert.equal(typedWeight("S S     500 g").unit, "g");
    for (const code of [
        "4006381333931",
        "LOC-A01",
        "SN-77",
        "12 pcs",
        "]C10112345678901231",
        "BAT-012",
    ]) {
        assert.equal(typedWeight(code), null, code);
    }
});

test("a typed weight is of what was scanned last; without it, nothing is counted", async () => {
    const put = [];
    const refused = [];
    const screen = (target) => ({
        services: { me: { digits: { quantity: 2 } } },
        target,
        put: async (of, value) => put.push([of.product.name, value]),
        refuse: (notice) => refused.push(notice),
    });

    assert.equal(await takeTyped("  12.345 kg", screen({ product: product("kg") })), true);
    assert.equal(await takeTyped("12.34 kg", screen(undefined)), true);
    assert.equal(await takeTyped("12.34 kg", screen({ product: product("Units") })), true);
    assert.equal(await takeTyped("US,GS,+ 12.34 kg", screen({ product: product("kg") })), true);
    assert.equal(await takeTyped("4006381333931", screen({ product: product("kg") })), false);

    assert.deepEqual(put, [["Coffee", 12.35]]);
    assert.deepEqual(refused, [
        "Scan what lies on the scale first, then weigh it.",
        "“Coffee” is counted in Units, which is no weight.",
        "The weight is still moving: wait until it stands.",
    ]);
});
