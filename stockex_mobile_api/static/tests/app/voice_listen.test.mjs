import assert from "node:assert/strict";
import test from "node:test";

import { Listener } from "../../src/later/voice/listen.js";

/** A recogniser that says what the test wants. */
function bench(options = {}) {
    const made = [];
    class Recognition {
        constructor() {
            made.push(this);
        }
        start() {
            this.started = true;
        }
        abort() {
            this.aborted = true;
            this.onend();
        }
        say(...transcripts) {
            const result = Object.assign(
                transcripts.map((transcript) => ({ transcript, confidence: 0.9 })),
                { isFinal: true }
            );
            this.onresult({ resultIndex: 0, results: [result] });
        }
    }
    const told = { spoken: [], problems: [], states: [] };
    const listener = new Listener({
        onSpoken: (spoken) => told.spoken.push(spoken),
        onProblem: (name) => told.problems.push(name),
        onState: (state) => told.states.push(state),
        Recognition,
        ...options,
    });
    return { listener, made, told };
}

const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

test("what is said is understood in the user's language", () => {
    const { listener, made, told } = bench({ lang: "fr_FR" });
    listener.start();
    made[0].say("douze suivant");

    assert.equal(made[0].lang, "fr-FR");
    assert.deepEqual([told.spoken[0].number, told.spoken[0].command], [12, "next"]);
    listener.stop();
});

test("only new and final results are told", () => {
    const { listener, made, told } = bench();
    listener.start();
    const final = (transcript, isFinal = true) => Object.assign([{ transcript }], { isFinal });
    made[0].onresult({
        resultIndex: 1,
        results: [final("one"), final("two"), final("three", false)],
    });

    assert.deepEqual(
        told.spoken.map((one) => one.number),
        [2]
    );
    listener.stop();
});

test("silence ends nothing: listening begins again", async () => {
    const { listener, made, told } = bench();
    listener.start();
    made[0].onerror({ error: "no-speech" });
    made[0].onend();
    await later(350);

    assert.equal(made.length, 2);
    assert.deepEqual([told.problems, listener.isListening], [[], true]);
    listener.stop();
});

test("stop stops, and nothing begins again", async () => {
    const { listener, made, told } = bench();
    listener.start();
    listener.stop();
    await later(350);

    assert.deepEqual([made.length, made[0].aborted, told.states], [1, true, [true, false]]);
});

test("each problem is named and ends the listening", () => {
    for (const [error, expected] of [
        ["not-allowed", "refused"],
        ["audio-capture", "absent"],
        ["network", "offline"],
        ["language-not-supported", "language"],
        ["else", "failed"],
    ]) {
        const { listener, made, told } = bench();
        listener.start();
        made[0].onerror({ error });

        assert.deepEqual([told.problems, listener.isListening], [[expected], false], error);
    }
});

test("a browser that cannot listen says so", () => {
    const { listener } = bench({ Recognition: undefined });

    assert.deepEqual([listener.isSupported, listener.start()], [false, false]);
});
