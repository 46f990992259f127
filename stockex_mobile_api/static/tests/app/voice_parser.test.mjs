import assert from "node:assert/strict";
import test from "node:test";

import { bestOf } from "../../src/later/voice/listen.js";
import { parseSpoken } from "../../src/later/voice/parser.js";
import { FRENCH } from "../../src/later/voice/words_fr.js";
import { ENGLISH } from "../../src/later/voice/words_en.js";
import { pick, seeded } from "./helpers.mjs";

const NOTHING = { number: null, command: null, correction: false, reason: "" };

function check(lang, heard, expected) {
    assert.deepEqual(parseSpoken(heard, lang), { ...NOTHING, ...expected, heard }, heard);
}

test("commands are understood in French", () => {
    for (const heard of ["suivant", "Suivante.", "ok suivant", "ensuite"]) {
        check("fr", heard, { command: "next" });
    }
    for (const heard of ["annuler", "annule", "Annulé", "efface", "retour"]) {
        check("fr", heard, { command: "undo" });
    }
    for (const heard of ["zéro", "rien", "aucun", "vide"]) {
        check("fr", heard, { command: "zero", number: 0 });
    }
});

test("commands are understood in English", () => {
    for (const heard of ["next", "Next please", "go on", "continue"]) {
        check("en", heard, { command: "next" });
    }
    for (const heard of ["undo", "cancel", "take it back", "go back"]) {
        check("en", heard, { command: "undo" });
    }
    for (const heard of ["zero", "none", "nothing", "empty", "0"]) {
        check("en", heard, { command: "zero", number: 0 });
    }
});

test("a number and next are one sentence", () => {
    check("fr", "douze, suivant", { number: 12, command: "next" });
    check("fr", "zéro suivant", { number: 0, command: "next" });
    check("en", "twelve boxes, next please", { number: 12, command: "next" });
});

test("a correction replaces the number before it", () => {
    check("fr", "non, douze", { number: 12, correction: true });
    check("fr", "dix non douze", { number: 12, correction: true });
    check("fr", "dix, pardon, onze, non, douze", { number: 12, correction: true });
    check("fr", "plutôt quinze", { number: 15, correction: true });
    check("fr", "douze je veux dire treize suivant", {
        number: 13,
        command: "next",
        correction: true,
    });
    check("en", "no, twelve", { number: 12, correction: true });
    check("en", "ten sorry twelve", { number: 12, correction: true });
    check("en", "ten... I mean twelve", { number: 12, correction: true });
    check("en", "make that a hundred and five", { number: 105, correction: true });
    check("en", "no 12", { number: 12, correction: true });
});

test("a correction without a number corrects nothing yet", () => {
    check("fr", "non", { correction: true, reason: "nothing" });
    check("en", "twelve, no", { correction: true, reason: "nothing" });
});

test("what is said around a number does not matter", () => {
    check("fr", "euh alors il y en a douze pièces", { number: 12 });
    check("fr", "j'ai compté trois cartons merci", { number: 3 });
    check("fr", "c’est bon, douze", { number: 12 });
    check("en", "um okay so I have got twelve pieces please", { number: 12 });
    check("en", "there are a hundred and five of the items", { number: 105 });
    check("en", "and twelve", { number: 12 });
});

test("what can be understood in two ways is not guessed", () => {
    for (const heard of ["ten twelve", "one two three", "twenty, two", "12 14", "next twelve"]) {
        check("en", heard, { reason: "several" });
    }
    for (const heard of ["twelve undo", "next undo", "twelve thirteen"]) {
        check("en", heard, { reason: "several" });
    }
    for (const heard of ["vingt dix", "cent cent", "vingt deux cents", "suivant douze"]) {
        check("fr", heard, { reason: "several" });
    }
    for (const heard of ["dix un", "cent 250", "mille 2000", "deux cents trois cents"]) {
        check("fr", heard, { reason: "several" });
    }
    for (const heard of ["mille mille", "soixante quatre vingts", "douze euh cinq"]) {
        check("fr", heard, { reason: "several" });
    }
});

test("what is not understood is not guessed", () => {
    for (const heard of ["twelve bananas", "to five", "12:30", "3,5", "twelve and", "12th"]) {
        check("en", heard, { reason: "unclear" });
    }
    for (const heard of ["douze bananes", "1.250", "un million", "douze et", "trois virgule"]) {
        check("fr", heard, { reason: "unclear" });
    }
    for (const heard of ["", "  ", "...", "euh", "ok"]) {
        check("fr", heard, { reason: "nothing" });
    }
});

test("nothing is counted below zero", () => {
    for (const [lang, heard] of [
        ["fr", "moins cinq"],
        ["en", "minus five"],
        ["en", "-5"],
        ["fr", "-5"],
    ]) {
        check(lang, heard, { reason: "negative" });
    }
});

test("one word that sounds like a number is that number, only alone", () => {
    check("fr", "vin", { number: 20 });
    check("fr", "Sang.", { number: 100 });
    check("en", "to", { number: 2 });
    check("en", "for", { number: 4 });
    check("fr", "cette vin", { reason: "unclear" });
    check("en", "constructor", { reason: "unclear" });
});

test("an unknown language is heard as English", () => {
    assert.equal(parseSpoken("twelve", "de_DE").number, 12);
});

test("no word has two meanings in a language", () => {
    for (const words of [FRENCH, ENGLISH]) {
        const all = [
            ...[words.small, words.tens, words.commands, words.fractions, words.dozen].flatMap(
                Object.keys
            ),
            ...[words.hundred, words.thousand, words.and, words.point, words.minus].flat(),
            ...[words.articles, words.corrections, words.noise].flat(),
        ];

        assert.deepEqual(
            all.filter((word, at) => all.indexOf(word) !== at),
            []
        );
    }
});

test("random words never raise, and never give a number and a reason at once", () => {
    const random = seeded(31);
    const words = [FRENCH, ENGLISH].flatMap((one) => [
        ...Object.keys({ ...one.small, ...one.tens, ...one.commands, ...one.dozen }),
        ...[one.hundred, one.thousand, one.and, one.point, one.corrections, one.noise].flat(),
        ...["12", "3,5", "1.250", ",", "-", "banane", "%", "½"],
    ]);
    for (let round = 0; round < 60000; round++) {
        const heard = Array.from({ length: round % 9 }, () => pick(random, words)).join(" ");
        const { number, command, reason } = parseSpoken(heard, pick(random, ["fr", "en"]));

        assert.equal(Boolean(reason), number === null && command === null, heard);
        assert.ok(number === null || (number >= 0 && number <= 999999), `${heard}: ${number}`);
    }
});

test("the recogniser's first reading that means something is taken", () => {
    const readings = (...texts) => texts.map((transcript) => ({ transcript, confidence: 0.5 }));

    assert.equal(bestOf(readings("douze", "deux"), "fr").number, 12);
    assert.equal(bestOf(readings("bananes", "douze"), "fr").number, 12);
    assert.equal(bestOf(readings("bananes", "douze", "12"), "fr").number, 12);
});

test("of guesses that differ none is taken", () => {
    const readings = ["bananes", "douze", "deux"].map((transcript) => ({ transcript }));
    const spoken = bestOf(readings, "fr");

    assert.deepEqual([spoken.number, spoken.reason, spoken.heard], [null, "several", "bananes"]);
});
