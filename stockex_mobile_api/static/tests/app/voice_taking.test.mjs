import assert from "node:assert/strict";
import { test } from "node:test";

import { parseSpoken } from "../../src/later/voice/parser.js";
import { doSpoken } from "../../src/later/voice/taking.js";

const KETTLE = { product: { name: "Kettle" } };
const PHONE = { product: { name: "Phone" } };

/** Say something on a screen; return its answer and what was done. */
async function say(heard, { target = KETTLE, earlier = null, fails = false } = {}) {
    const done = [];
    const answer = await doSpoken(parseSpoken(heard, "en"), {
        target,
        earlier,
        put: async (of, value) => {
            done.push([of.product.name, value]);
            return !fails;
        },
        undo: async () => done.push("undo"),
        next: async () => done.push("next"),
    });
    return { ...answer, done };
}

test("a number is for what was counted last, and the screen says what it heard", async () => {
    assert.deepEqual(await say("twelve"), {
        said: "Heard “twelve”: Kettle, 12.",
        isWrong: false,
        done: [["Kettle", 12]],
    });
    assert.deepEqual((await say("twelve, next")).done, [["Kettle", 12], "next"]);
    assert.deepEqual((await say("zero")).done, [["Kettle", 0]]);
    assert.deepEqual((await say("undo")).done, ["undo"]);
    assert.deepEqual((await say("next", { target: null })).done, ["next"]);
});

test("“no, twelve” corrects, also what was counted before going on", async () => {
    const here = await say("no, twelve");
    assert.deepEqual(
        [here.said, here.done],
        ["Heard “no, twelve”. Corrected: Kettle, 12.", [["Kettle", 12]]]
    );

    const there = await say("no, twelve", { target: null, earlier: PHONE });
    assert.deepEqual(there.done, [["Phone", 12]]);

    const plain = await say("twelve", { target: null, earlier: PHONE });
    assert.deepEqual([plain.done, plain.isWrong], [[], true]);
});

test("what is unclear or cannot be kept is not done, and said", async () => {
    for (const heard of ["hello there", "twelve undo", "minus three", "nine million"]) {
        const answer = await say(heard);
        assert.deepEqual([answer.done, answer.isWrong], [[], true], heard);
        assert.match(answer.said, new RegExp(`^Heard “${heard}”`), heard);
    }
    const full = await say("twelve, next", { fails: true });
    assert.deepEqual([full.done, full.said, full.isWrong], [[["Kettle", 12]], "", true]);
});
