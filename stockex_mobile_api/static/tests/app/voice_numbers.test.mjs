import assert from "node:assert/strict";
import test from "node:test";

import { parseSpoken } from "../../src/later/voice/parser.js";
import { pick, seeded } from "./helpers.mjs";
import { inEnglish, inFrench } from "./number_writer.mjs";

const fr = (heard) => parseSpoken(heard, "fr_FR").number;
const en = (heard) => parseSpoken(heard, "en_US").number;

test("the writer of this test writes as one speaks", () => {
    assert.equal(inFrench(77), "soixante-dix-sept");
    assert.equal(inFrench(71), "soixante et onze");
    assert.equal(inFrench(91), "quatre-vingt-onze");
    assert.equal(inFrench(80), "quatre-vingts");
    assert.equal(inFrench(80200), "quatre-vingt mille deux cents");
    assert.equal(inFrench(96, { belgian: true }), "nonante-six");
    assert.equal(inEnglish(105, { and: true, article: true }), "a hundred and five");
    assert.equal(inEnglish(12042, { and: true }), "twelve thousand and forty-two");
});

test("every number up to 99,999 is understood in French", () => {
    for (let number = 0; number < 100000; number++) {
        assert.equal(fr(inFrench(number)), number, inFrench(number));
    }
});

test("every number up to 99,999 is understood in English", () => {
    for (let number = 0; number < 100000; number++) {
        assert.equal(en(inEnglish(number)), number, inEnglish(number));
    }
});

test("numbers up to 999,999 are understood in all ways of speaking, with or without hyphens", () => {
    const random = seeded(21);
    for (let round = 0; round < 40000; round++) {
        const number = Math.floor(random() * 10 ** (1 + Math.floor(random() * 6)));
        const french = inFrench(number, { belgian: random() < 0.5 });
        const english = inEnglish(number, { and: random() < 0.5, article: random() < 0.5 });
        const change = pick(random, [
            (text) => text,
            (text) => text.replaceAll("-", " "),
            (text) => text.toUpperCase(),
            (text) => `  ${text}. `,
            (text) => text.normalize("NFD"),
        ]);

        assert.equal(fr(change(french)), number, change(french));
        assert.equal(en(change(english)), number, change(english));
    }
});

test("decimals are understood word by word and as the digits of one number", () => {
    const random = seeded(22);
    for (let round = 0; round < 5000; round++) {
        const whole = Math.floor(random() * 2000);
        const decimals = String(1 + Math.floor(random() * 999));
        const zeros = "0".repeat(Math.floor(random() * 2));
        const expected = Number(`${whole}.${zeros}${decimals}`);
        const frZeros = zeros && "zéro ";
        const enZeros = zeros && pick(random, ["zero ", "oh "]);
        const spelt = [...decimals].map((digit) => inEnglish(Number(digit))).join(" ");

        assert.equal(
            fr(`${inFrench(whole)} virgule ${frZeros}${inFrench(Number(decimals))}`),
            expected
        );
        assert.equal(en(`${inEnglish(whole)} point ${enZeros}${spelt}`), expected);
        assert.equal(
            en(`${inEnglish(whole)} point ${enZeros}${inEnglish(Number(decimals))}`),
            expected
        );
    }
});

test("digits as the recogniser writes them, alone and mixed with words", () => {
    const french = {
        12: "12",
        1250: "1 250",
        12500: "12\u202f500",
        12.5: "12,5",
        1.25: "1,250",
        3.5: "3.5",
        2500: "2 mille 500",
        12000: "12 mille",
        300: "3 cents",
        1012: "mille 12",
        3.05: "trois virgule 05",
    };
    for (const [number, heard] of Object.entries(french)) {
        assert.equal(fr(heard), Number(number), heard);
    }
    const english = {
        1250: "1,250",
        1250.5: "1,250.5",
        12.5: "12.5",
        1200: "12 hundred",
        12005: "12 thousand 5",
        1.25: "1.250",
        5: "5kg",
    };
    for (const [number, heard] of Object.entries(english)) {
        assert.equal(en(heard), Number(number), heard);
    }
});

test("halves, quarters and dozens", () => {
    assert.equal(fr("deux et demi"), 2.5);
    assert.equal(fr("un et quart"), 1.25);
    assert.equal(fr("une demie"), null, "a half has no number before it in French");
    assert.equal(fr("demi"), 0.5);
    assert.equal(fr("deux douzaines"), 24);
    assert.equal(fr("une douzaine"), 12);
    assert.equal(en("two and a half"), 2.5);
    assert.equal(en("a half"), 0.5);
    assert.equal(en("a dozen"), 12);
    assert.equal(en("three dozen"), 36);
    assert.equal(en("a hundred dozen"), 1200);
});

test("the limits are kept", () => {
    assert.equal(
        fr("neuf cent quatre-vingt-dix-neuf mille neuf cent quatre-vingt-dix-neuf"),
        999999
    );
    assert.equal(parseSpoken("1000000", "fr").reason, "too_big");
    assert.equal(parseSpoken("99999999999999999999", "en").reason, "too_big");
    assert.equal(parseSpoken("un million", "fr").number, null);
    assert.equal(parseSpoken("one million", "en").number, null);
});
