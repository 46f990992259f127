import assert from "node:assert/strict";
import test from "node:test";

import { readGs1 } from "../../src/app/scan/gs1.js";
import { readDate } from "../../src/app/scan/gs1_dates.js";
import { digits, pick, seeded } from "./helpers.mjs";

const GS = "\x1d";
const YEAR = { thisYear: 2026 };
const read = (scan) => readGs1(scan, YEAR);
const errors = (scan) => read(scan).errors.map(({ name, ai }) => `${name} ${ai}`);

test("an article with lot, expiry, count and weight is read", () => {
    const gs1 = read(`]C10109506000134352172712311012ABC/4${GS}30125${GS}3103001750`);

    assert.deepEqual(gs1.errors, []);
    assert.equal(gs1.form, "elements");
    assert.equal(gs1.gtin, "09506000134352");
    assert.equal(gs1.lot, "12ABC/4");
    assert.equal(gs1.expires, "2027-12-31");
    assert.equal(gs1.quantity, 125);
    assert.deepEqual(gs1.weight, { ai: "310", value: 1.75, unit: "kg" });
    assert.deepEqual(gs1.ais["3103"], "001750");
});

test("each symbology that carries GS1 data is known, others are not GS1", () => {
    for (const prefix of ["]C1", "]e0", "]d2", "]Q3", "]J1", "]z1"]) {
        assert.equal(read(`${prefix}10L1`).lot, "L1", prefix);
    }
    for (const prefix of ["]C0", "]d1", "]Q1", "]E0", "]A0", ""]) {
        assert.equal(read(`${prefix}10L1`), null, prefix);
    }
});

test("a plain number is GS1 data only with a whole key in front", () => {
    assert.equal(read("0109506000134352").gtin, "09506000134352");
    assert.equal(read("010950600013435210A7").lot, "A7");
    assert.equal(read("00106141411234567897").sscc, "106141411234567897");
    for (const plain of ["4006381333931", "0109506000134353", "10ABC", "01095060", "0", "", " "]) {
        assert.equal(read(plain), null, plain);
    }
});

test("FNC1 is known in all its disguises", () => {
    for (const sign of [GS, "\u241d", "<GS>", "{GS}", "<FNC1>", "[FNC1]"]) {
        assert.equal(read(`${sign}010950600013435210A${sign}21S`).serial, "S", sign);
    }
    assert.equal(read("(01)09506000134352(10)A(1)B(21)S").lot, "A(1)B");
});

test("separators in excess do no harm", () => {
    const gs1 = read(`${GS}${GS}0109506000134352${GS}10A${GS}${GS}21S${GS}`);

    assert.deepEqual([gs1.gtin, gs1.lot, gs1.serial, gs1.errors], ["09506000134352", "A", "S", []]);
});

test("signs beyond the standard are read in a lot: labels carry them", () => {
    assert.equal(read("]C110SER#1$").lot, "SER#1$");
});

test("what is wrong is named, and the rest is read", () => {
    assert.deepEqual(errors("]C10109506000134353"), ["bad_check_digit 01"]);
    assert.deepEqual(errors("]C10195"), ["too_short 01"]);
    assert.deepEqual(errors("]C11726023010L"), ["bad_date 17"]);
    assert.deepEqual(errors(`]C110${"X".repeat(21)}`), ["too_long 10"]);
    assert.deepEqual(errors("]C110"), ["too_short 10"]);
    assert.deepEqual(errors("]C13012A"), ["bad_character 30"]);
    assert.deepEqual(errors(`]C10512${GS}10L`), ["unknown_ai 0512"]);
    assert.deepEqual(errors(`]C110A${GS}10B`), ["contradiction 10"]);
    assert.deepEqual(errors("]C1"), ["empty "]);
    assert.equal(read(`]C10512${GS}10L`).lot, "L");
    assert.equal(read("]C11726023010L").lot, "L");
});

test("a number with an error is not offered as the article's", () => {
    assert.equal(read("]C10109506000134353").gtin, null);
    assert.equal(read("]C10109506000134353").ais["01"], "09506000134353");
    assert.equal(read(`]C110A${GS}10B`).lot, null);
    assert.equal(read("]C117260230").expires, null);
});

test("the same identifier twice with one value is no contradiction", () => {
    assert.deepEqual(errors(`]C110A${GS}10A`), []);
});

test("the century is the nearest, and day 00 is the last of the month", () => {
    assert.equal(readDate("260200", 2026), "2026-02-28");
    assert.equal(readDate("280200", 2026), "2028-02-29");
    assert.equal(readDate("760101", 2026), "2076-01-01");
    assert.equal(readDate("770101", 2026), "1977-01-01");
    assert.equal(readDate("990101", 2026), "1999-01-01");
    assert.equal(readDate("010101", 2099), "2101-01-01");
    assert.equal(readDate("490101", 2099), "2149-01-01");
    assert.equal(readDate("500101", 2099), "2050-01-01");
});

test("there are no other days", () => {
    for (const date of [
        "260230",
        "260431",
        "261301",
        "260001",
        "260132",
        "26010",
        "2601011",
        "x",
    ]) {
        assert.equal(readDate(date, 2026), null, date);
    }
});

test("each day of sixty years is itself", () => {
    for (let time = Date.UTC(1990, 0, 1); time < Date.UTC(2050, 0, 1); time += 86400000) {
        const day = new Date(time).toISOString().slice(0, 10);

        assert.equal(readDate(day.slice(2).replaceAll("-", ""), 2026), day);
    }
});

test("weights, lengths and volumes have their decimals and units", () => {
    const measured = (text) => read(`]C1${text}`).measures[0];

    assert.deepEqual(measured("3100000012"), { ai: "310", value: 12, unit: "kg" });
    assert.deepEqual(measured("3105000012"), { ai: "310", value: 0.00012, unit: "kg" });
    assert.deepEqual(measured("3202001234"), { ai: "320", value: 12.34, unit: "lb" });
    assert.deepEqual(measured("3112000350"), { ai: "311", value: 3.5, unit: "m" });
    assert.deepEqual(measured("3153000750"), { ai: "315", value: 0.75, unit: "l" });
    assert.equal(read("]C133030010003103000900").weight.value, 0.9, "net before gross");
    assert.equal(read("]C13303001000").weight.value, 1);
    assert.deepEqual(errors("]C13106000012"), ["unknown_ai 3106"]);
});

test("a pallet names its content, its count and itself", () => {
    const gs1 = read(`]C1001061414112345678970209506000134352374 8`.replace(" ", ""));

    assert.equal(gs1.sscc, "106141411234567897");
    assert.equal(gs1.gtin, "09506000134352");
    assert.equal(gs1.isContent, true);
    assert.equal(gs1.quantity, 48);
});

test("places, assets and prices are read", () => {
    assert.equal(read("]C14149501101020016").gln, "9501101020016");
    assert.equal(read("]C1414950110102001625412A").glnExtension, "12A");
    assert.equal(read("]C180040614141ABC").asset, "0614141ABC");
    assert.equal(read("]C180030061414112345212X").asset, "0614141123452" + "12X");
    assert.deepEqual(read("]C139329780000499").price, {
        value: 4.99,
        currency: "978",
        isForThisWeight: true,
    });
    assert.deepEqual(read("]C139221250").price, {
        value: 12.5,
        currency: null,
        isForThisWeight: true,
    });
});

test("no text raises, however mangled", () => {
    const random = seeded(5);
    const pieces = [
        "]C1",
        GS,
        "01",
        "(10)",
        "17",
        "310",
        "https://a.b/01/",
        "%",
        "/",
        "?",
        "é",
        "9",
    ];
    for (let round = 0; round < 20000; round++) {
        const text = Array.from({ length: round % 14 }, () =>
            pick(random, [...pieces, digits(random, 6), String.fromCharCode(random() * 300)])
        ).join("");
        const gs1 = read(text);

        assert.ok(gs1 === null || Array.isArray(gs1.errors), JSON.stringify(text));
    }
});

test("a text of millions of signs is answered at once", () => {
    const started = performance.now();
    read(`]C1${"10A".repeat(900000)}`);
    read(`https://a.b/${"01/".repeat(3000)}`);
    read(`]C1${GS.repeat(2000000)}`);
    read(`]C1${"90A\x1d".repeat(1700)}`);
    read(`https://a.b/${"01/".repeat(2300)}`);

    assert.ok(performance.now() - started < 4000, `${performance.now() - started} ms`);
});
