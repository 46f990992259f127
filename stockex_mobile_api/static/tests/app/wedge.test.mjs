import assert from "node:assert/strict";
import test from "node:test";

import { GAP_MS } from "../../src/app/scan/wedge.js";
import { Desk } from "./desk.mjs";
import { digits, pick, seeded } from "./helpers.mjs";

test("a burst with Enter or Tab is a scan, and neither key does anything else", () => {
    for (const end of ["Enter", "Tab"]) {
        const desk = new Desk();
        desk.scan("4006381333931", end);

        assert.deepEqual(desk.codes, ["4006381333931"]);
        assert.equal(desk.passed.includes(end), false);
    }
});

test("a burst that silence ends is a scan, also in a field", () => {
    for (const inField of [false, true]) {
        const desk = new Desk(inField);
        desk.scan("4006381333931", "");
        desk.wait(GAP_MS - 1);
        assert.deepEqual(desk.codes, []);
        desk.wait(2);

        assert.deepEqual(desk.codes, ["4006381333931"]);
        assert.equal(desk.field, "");
    }
});

test("an Enter that comes late is still the scanner's, the next one is the person's", () => {
    const desk = new Desk();
    desk.scan("12345", "");
    desk.wait(GAP_MS + 1);
    desk.key("Enter", {}, 60);
    assert.deepEqual(desk.passed.includes("Enter"), false);
    desk.key("Enter", {}, 600);

    assert.deepEqual(desk.codes, ["12345"]);
    assert.equal(desk.passed.includes("Enter"), true);
});

test("on a button, only the first sign may act: a blank in a code presses nothing", () => {
    const desk = new Desk();
    desk.scan("LOC A 1");

    assert.deepEqual([desk.codes, desk.passed], [["LOC A 1"], ["L"]]);
});

test("less than three signs are typing", () => {
    const desk = new Desk(true);
    desk.scan("12");

    assert.deepEqual(desk.codes, []);
    assert.equal(desk.field, "12");
    assert.deepEqual(desk.passed, ["Enter"]);
});

test("what a person types in a field arrives there, in order, with its other keys", () => {
    const desk = new Desk(true);
    for (const sign of "12.50") {
        desk.key(sign, {}, 130);
        desk.wait(70);
    }
    desk.key("Backspace", {}, 200);
    desk.key("x", {}, 120);
    desk.key("ArrowLeft", {}, 20);

    assert.equal(desk.field, "12.50x");
    assert.deepEqual(desk.passed, ["Backspace", "ArrowLeft"]);
    assert.deepEqual(desk.codes, []);
});

test("quick fingers in a field are no scanner", () => {
    const desk = new Desk(true);
    desk.type("the", 52);
    desk.wait(GAP_MS + 1);

    assert.equal(desk.field, "the");
    assert.deepEqual(desk.codes, []);
});

test("a scan in a field leaves what was typed before and after as it is", () => {
    const desk = new Desk(true);
    desk.key("7", {}, 300);
    desk.wait(100);
    desk.scan("4006381333931");
    desk.key("8", {}, 300);
    desk.wait(100);

    assert.equal(desk.field, "78");
    assert.deepEqual(desk.codes, ["4006381333931"]);
});

test("five scans a second are five scans, none lost, none merged", () => {
    const random = seeded(7);
    for (const end of ["Enter", "Tab", ""]) {
        for (const inField of [false, true]) {
            const desk = new Desk(inField);
            const expected = Array.from({ length: 300 }, () =>
                digits(random, pick(random, [3, 8, 13, 16]))
            );
            for (const code of expected) {
                const began = desk.time;
                desk.scan(code, end, 1 + Math.floor(random() * 6));
                desk.time = began + 200 - 8;
            }
            desk.wait(GAP_MS + 10);

            assert.deepEqual(desk.codes, expected, `${end} ${inField}`);
            assert.equal(desk.field, "");
        }
    }
});

test("scans without a pause are kept apart by Enter", () => {
    const desk = new Desk(true);
    desk.scan("111");
    desk.scan("222");
    desk.scan("222", "Tab");

    assert.deepEqual(desk.codes, ["111", "222", "222"]);
});

test("keys handled late are told apart by the time at which they were pressed", () => {
    const desk = new Desk();
    desk.scan("111", "");
    desk.time += 150;
    desk.scan("222", "");
    desk.wait(100);

    assert.deepEqual(desk.codes, ["111", "222"]);
});

test("F8 and shortcuts alone are the page's and end nothing", () => {
    const desk = new Desk();
    desk.key("F8");
    desk.key("c", { ctrlKey: true });
    desk.wait(100);

    assert.deepEqual(desk.passed, ["F8", "c"]);
    assert.deepEqual(desk.codes, []);
});

test("shift between signs breaks no burst", () => {
    const desk = new Desk();
    for (const sign of "aBcD") {
        desk.key("Shift", {}, 25);
        desk.key(sign, {}, 40);
    }
    desk.key("Enter");

    assert.deepEqual(desk.codes, ["aBcD"]);
});

test("a key that is held repeats in the field", () => {
    const desk = new Desk(true);
    desk.key("0", {}, 500);
    desk.wait(70);
    for (let count = 0; count < 5; count++) {
        desk.key("0", { repeat: true }, 33);
    }
    desk.wait(100);

    assert.equal(desk.field, "000000");
    assert.deepEqual(desk.codes, []);
});

test("leaving the field gives back what is too short, and waits for the rest of a scan", () => {
    const typed = new Desk(true);
    typed.type("5");
    assert.equal(typed.reader.leave(), "5");

    const scanned = new Desk(true);
    scanned.type("4006");
    assert.equal(scanned.reader.leave(), "");
    scanned.scan("381333931");
    assert.deepEqual(scanned.codes, ["4006381333931"]);
});

test("random typing and scans: each scan is told, each typed sign reaches the field", () => {
    const random = seeded(11);
    const desk = new Desk(true);
    const scans = [];
    let typed = "";
    for (let round = 0; round < 3000; round++) {
        if (random() < 0.5) {
            const code = digits(random, 3 + Math.floor(random() * 20));
            scans.push(code);
            desk.scan(code, pick(random, ["Enter", "Tab"]), 1 + Math.floor(random() * 30));
        } else {
            const sign = pick(random, [..."0123456789abc.-"]);
            typed += sign;
            desk.key(sign, {}, 80 + Math.floor(random() * 300));
        }
        desk.wait(GAP_MS + 1 + Math.floor(random() * 100));
    }

    assert.deepEqual(desk.codes, scans);
    assert.equal(desk.field, typed);
});
