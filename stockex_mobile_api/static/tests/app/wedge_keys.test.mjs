import assert from "node:assert/strict";
import test from "node:test";

import { Desk } from "./desk.mjs";

const GS = "\x1d";

test("FNC1 is heard as Ctrl+], F8, Alt and 29, or itself", () => {
    const ways = {
        bracket: (desk) => [desk.key("Control"), desk.key("]", { ctrlKey: true })],
        french: (desk) => desk.key("$", { ctrlKey: true, code: "BracketRight" }),
        f8: (desk) => desk.key("F8"),
        itself: (desk) => desk.key(GS, { ctrlKey: true }),
        alt: (desk) => {
            desk.key("Alt", { altKey: true });
            for (const digit of "0029") {
                desk.key(digit, { altKey: true, code: `Numpad${digit}` });
            }
            desk.reader.release({ key: "Alt" });
        },
        altWithoutRelease: (desk) => {
            for (const digit of "029") {
                desk.key(digit, { altKey: true, code: `Numpad${digit}` });
            }
        },
    };
    for (const [name, way] of Object.entries(ways)) {
        for (const inField of [true, false]) {
            const desk = new Desk(inField);
            desk.type("10LOT");
            way(desk);
            desk.scan("2112");

            assert.deepEqual(desk.codes, [`10LOT${GS}2112`], name);
            assert.equal(desk.field, "", name);
        }
    }
});

test("signs that need AltGr are signs", () => {
    const desk = new Desk();
    desk.key("]", { ctrlKey: true, altKey: true, code: "Minus" });
    desk.scan("C1011234");

    assert.deepEqual(desk.codes, ["]C1011234"]);
});

const FRENCH = { 1: "&", 2: "é", 3: '"', 4: "'", 5: "(", 6: "-", 7: "è", 8: "_", 9: "ç", 0: "à" };

test("a scanner set to a US keyboard is understood on a French one", () => {
    const desk = new Desk();
    for (const digit of "4006381333931") {
        desk.key(FRENCH[digit], { code: `Digit${digit}`, shiftKey: false });
    }
    desk.key("q", { code: "KeyA" });
    desk.key("Q", { code: "KeyA", shiftKey: true });
    desk.key(")", { code: "Minus" });
    desk.key("Enter");

    assert.deepEqual(desk.codes, ["4006381333931aA-"]);
});

test("a scanner set to the French keyboard is not translated", () => {
    const desk = new Desk();
    for (const digit of "12") {
        desk.key(digit, { code: `Digit${digit}`, shiftKey: true });
    }
    for (const digit of "66666") {
        desk.key("-", { code: `Digit${digit}`, shiftKey: false });
    }
    desk.scan("ABC");

    assert.deepEqual(desk.codes, ["12-----ABC"]);
});

test("letters that lie elsewhere on a French keyboard are taken as they are", () => {
    const desk = new Desk();
    for (const [key, code] of [
        ["A", "KeyQ"],
        ["Z", "KeyW"],
        ["-", "Digit6"],
        ["Q", "KeyA"],
    ]) {
        desk.key(key, { code });
    }
    desk.key("Enter");

    assert.deepEqual(desk.codes, ["AZ-Q"]);
});
