import assert from "node:assert/strict";
import { test } from "node:test";

import { ALONE_MS, Several } from "../../src/later/camera/several.js";

const code = (text) => ({ text, format: "EAN13", corners: [] });
const [A, B, C] = ["4006381333931", "5012345678900", "9501101530003"].map(code);
const EVERY_MS = 100;

/** Show pictures one after the other, each fourth looked at thoroughly; return what is told. */
function show(several, pictures, from = 0) {
    return pictures.map((codes, index) => {
        const at = from + index;
        return several.take(codes, at * EVERY_MS, at % 4 === 3)?.text ?? null;
    });
}
const texts = (several) => several.choices.map((one) => [one.code.text, one.done]);

test("a code alone is told once, when a thorough look finds no other", () => {
    const several = new Several();
    assert.deepEqual(show(several, [[A], [A], [A], [A], [A], [A]]), [
        ...[null, null, null, A.text, null, null],
    ]);
});

test("a code that passes quickly is told as well", () => {
    const several = new Several();
    assert.deepEqual(show(several, [[A], [], [], []]).filter(Boolean), [A.text]);
    assert.equal(ALONE_MS, 300);
});

test("codes one after the other need no tap", () => {
    const several = new Several();
    const pictures = [[A], [A], [A], [A], [], [B], [B], [B], [B], [], [C], [C], [C], [C]];
    assert.deepEqual(show(several, pictures).filter(Boolean), [A.text, B.text, C.text]);
    assert.deepEqual(several.choices, []);
});

test("of several in one view none is told, and each is chosen once", () => {
    const several = new Several();
    assert.deepEqual(show(several, [[A], [A, B], [B], [A, B, C]]).filter(Boolean), []);
    assert.deepEqual(texts(several), [
        [A.text, false],
        [B.text, false],
        [C.text, false],
    ]);

    const key = several.choices[1].key;
    assert.equal(several.choose(key).text, B.text);
    assert.equal(several.choose(key), null);
    assert.deepEqual(
        several.all().map((one) => one.text),
        [A.text, C.text]
    );

    assert.deepEqual(several.choices, []);
    assert.deepEqual(several.all(), []);
    assert.deepEqual(
        show(
            several,
            [
                [A, B, C],
                [A, B, C],
            ],
            4
        ).filter(Boolean),
        []
    );
    assert.deepEqual(several.choices, [], "what was taken and is still there is not offered again");
});

test("two codes that quick looks find in turns are two in one view", () => {
    const several = new Several();
    assert.deepEqual(show(several, [[A], [B], [A]]).filter(Boolean), []);
    assert.equal(several.choices.length, 2);
});

test("a choice stays when the device is lowered, and codes that come are added", () => {
    const several = new Several();
    show(several, [[A, B], ...Array(30).fill([])]);
    assert.equal(several.choices.length, 2);

    several.choose(several.choices[0].key);
    show(several, [[A, C]], 31);

    assert.deepEqual(texts(several), [
        [A.text, true],
        [B.text, false],
        [C.text, false],
    ]);
});

test("one that was told before is marked when another comes beside it", () => {
    const several = new Several();
    show(several, [[A], [A], [A], [A], [A, B]]);
    assert.deepEqual(texts(several), [
        [A.text, true],
        [B.text, false],
    ]);
});

test("what is left is offered again only after it was out of view", () => {
    const several = new Several();
    show(several, [[A, B]]);
    several.leave();
    assert.deepEqual(
        show(
            several,
            [
                [A, B],
                [A, B],
                [A, B],
            ],
            1
        ).filter(Boolean),
        []
    );
    assert.deepEqual(several.choices, []);

    show(several, [...Array(20).fill([]), [A, B]], 4);
    assert.equal(several.choices.length, 2);
});
