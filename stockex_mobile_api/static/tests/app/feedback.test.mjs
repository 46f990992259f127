import assert from "node:assert/strict";
import test from "node:test";

import { Feedback, TONES, VIBRATIONS } from "../../src/app/scan/feedback.js";

/** An audio context that writes down what it is told to play. */
function fakeAudio(state = "running") {
    const audio = { state, currentTime: 5, destination: {}, notes: [], resumed: 0 };
    audio.resume = async () => audio.resumed++;
    audio.createOscillator = () => {
        const note = { frequency: {} };
        note.connect = (next) => next;
        note.start = (time) => (note.from = time);
        note.stop = (time) => (note.until = time);
        audio.notes.push(note);
        return note;
    };
    const noted = () => undefined;
    const gain = { setValueAtTime: noted, linearRampToValueAtTime: noted };
    audio.createGain = () => ({ gain, connect: (next) => next });
    return audio;
}

function make(options = {}) {
    const audio = fakeAudio(options.state);
    const patterns = [];
    const vibrate = (pattern) => patterns.push(pattern);
    const feedback = new Feedback({ makeAudio: () => audio, vibrate, ...options });
    return { feedback, audio, patterns };
}

const ANSWERS = ["right", "wrong", "unknown"];

test("each answer plays its own notes and its own vibration", () => {
    for (const answer of ANSWERS) {
        const { feedback, audio, patterns } = make();
        feedback[answer]();

        assert.deepEqual(
            audio.notes.map((note) => [note.type, note.frequency.value, note.from]),
            TONES[answer].map(({ wave, hertz, from }) => [wave, hertz, 5 + from])
        );
        assert.deepEqual(patterns, [VIBRATIONS[answer]]);
    }
});

test("answers differ by pitch, by number of notes and by vibration: by ear and by hand", () => {
    const first = ANSWERS.map((answer) => TONES[answer][0].hertz);
    const spans = ANSWERS.map((answer) => TONES[answer].map(({ hertz }) => hertz).join());
    const hands = ANSWERS.map((answer) => VIBRATIONS[answer].join());

    assert.ok(Math.min(first[0] / first[1], first[0] / first[2], first[2] / first[1]) > 1.5);
    assert.equal(new Set(spans).size, 3);
    assert.equal(new Set(hands).size, 3);
});

test("an answer is over before the next scan of five a second may come, if it is right", () => {
    const end = Math.max(...TONES.right.map(({ from, long }) => from + long));

    assert.ok(end <= 0.2, `${end} s`);
});

test("sound and vibration are switched off apart", () => {
    const silent = make({ sound: false });
    silent.feedback.right();
    const still = make({ vibration: false });
    still.feedback.right();

    assert.deepEqual([silent.audio.notes.length, silent.patterns.length], [0, 1]);
    assert.deepEqual([still.audio.notes.length, still.patterns.length], [2, 0]);
});

test("a browser that wants a tap first is woken by it", () => {
    const { feedback, audio } = make({ state: "suspended" });
    feedback.unlock();

    assert.equal(audio.resumed, 1);
});

test("a device without sound or vibration counts all the same", () => {
    const makeAudio = () => {
        throw new Error("no audio");
    };
    const feedback = new Feedback({ makeAudio, vibrate: () => false });

    assert.doesNotThrow(() => ANSWERS.forEach((answer) => feedback[answer]()));
    assert.equal(feedback.audio, null);
});
