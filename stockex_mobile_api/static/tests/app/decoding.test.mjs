import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import test from "node:test";

import { Decoder, QUICK, THOROUGH, nativeDetector } from "../../src/app/worker/decoder.js";
import { Decoding, WORKER_FILES } from "../../src/later/camera/decoding.js";
import { AGAIN_MS, SeenCodes } from "../../src/later/camera/seen.js";
import { fakeWorker, working } from "./fake_worker.mjs";

const seen = (keys) => keys.map((key) => ({ key }));
const told = (all) => all.map((one) => one.key);

/** Show the same codes for a while, one pass every 33 ms, each fourth thorough. */
function show(codes, keys, { from, long, step = 33 }) {
    const all = [];
    for (let time = from, pass = 0; time < from + long; time += step, pass++) {
        all.push(...told(codes.take(seen(keys), time, pass % 4 === 3)));
    }
    return all;
}

test("a code that stays in view is told once", () => {
    assert.deepEqual(show(new SeenCodes(), ["A"], { from: 0, long: 10000 }), ["A"]);
});

test("several codes in one view are told each once", () => {
    const codes = new SeenCodes();

    assert.deepEqual(told(codes.take(seen(["A", "B", "A"]), 0, false)), ["A", "B"]);
    assert.deepEqual(told(codes.take(seen(["B", "C"]), 33, false)), ["C"]);
});

test("a code that left the view and came back is told again at once", () => {
    const codes = new SeenCodes();
    show(codes, ["A"], { from: 0, long: 300 });
    show(codes, [], { from: 300, long: 450 });

    assert.deepEqual(told(codes.take(seen(["A"]), 760, false)), ["A"]);
});

test("blur is no leaving", () => {
    const codes = new SeenCodes();
    show(codes, ["A"], { from: 0, long: 300 });
    show(codes, [], { from: 300, long: 300 });

    assert.deepEqual(told(codes.take(seen(["A"]), 610, false)), []);
});

test("a code that only quick passes missed has not left until the time is over", () => {
    for (const [time, expected] of [
        [AGAIN_MS - 1, []],
        [AGAIN_MS, ["A"]],
    ]) {
        const codes = new SeenCodes();
        codes.take(seen(["A"]), 0, true);
        [200, 400, 600, 800, 1000].forEach((missed) => codes.take([], missed, false));

        assert.deepEqual(told(codes.take(seen(["A"]), time, false)), expected);
    }
});

test("another task begins with nothing seen", () => {
    const codes = new SeenCodes();
    codes.take(seen(["A"]), 0, true);
    codes.clear();

    assert.deepEqual(told(codes.take(seen(["A"]), 10, true)), ["A"]);
});

const CORNERS = { topLeft: { x: 1, y: 2 }, topRight: { x: 3, y: 2 } };
const POSITION = { ...CORNERS, bottomRight: { x: 3, y: 4 }, bottomLeft: { x: 1, y: 4 } };

function found(text, format, symbologyIdentifier) {
    return { text, format, symbologyIdentifier, isValid: true, position: POSITION };
}

test("what zxing found is told in our names, GS1 data with their identifier", async () => {
    const passes = [];
    const readBarcodes = async (image, options) => {
        passes.push(options);
        return [
            found("4006381333931", "EAN13", "]E0"),
            found("10A\x1d21B", "DataMatrix", "]d2"),
            found("1234", "ITF", "]I0"),
            { ...found("x", "QRCode", "]Q1"), isValid: false },
        ];
    };
    const decoder = new Decoder({ readBarcodes });
    const codes = await decoder.decode("picture", false);
    await decoder.decode("picture", true);

    assert.deepEqual(
        codes.map(({ text, format }) => [text, format]),
        [
            ["4006381333931", "ean13"],
            ["]d210A\x1d21B", "datamatrix"],
        ]
    );
    assert.deepEqual(codes[0].corners[2], { x: 3, y: 4 });
    assert.deepEqual(passes, [QUICK, THOROUGH]);
});

test("the device's own detector does the quick passes, and none after it failed", async () => {
    let fails = false;
    const detector = {
        async detect() {
            if (fails) {
                throw new Error("no service");
            }
            return [{ rawValue: "96385074", format: "ean_8", cornerPoints: [{ x: 0, y: 0 }] }];
        },
    };
    const readBarcodes = async () => [found("zxing", "QRCode", "]Q1")];
    const decoder = new Decoder({ readBarcodes, detector });
    const first = async (thorough) => (await decoder.decode("picture", thorough))[0];

    assert.deepEqual((await first(false)).format, "ean8");
    assert.deepEqual((await first(true)).text, "zxing");
    fails = true;
    assert.deepEqual((await first(false)).text, "zxing");
    fails = false;
    assert.deepEqual((await first(false)).text, "zxing");
});

test("a detector that lacks a format, or is absent, is not used", async () => {
    const detector = (formats) =>
        class {
            static async getSupportedFormats() {
                return formats;
            }
        };
    const linear = ["ean_13", "ean_8", "upc_a", "upc_e", "code_128", "code_39", "itf"];

    assert.equal(await nativeDetector(undefined), null);
    assert.equal(await nativeDetector(detector(linear)), null);
    assert.notEqual(
        await nativeDetector(detector([...linear, "qr_code", "data_matrix", "aztec"])),
        null
    );
});

test("the worker is loaded once, also when asked twice", async () => {
    const decoding = new Decoding({ makeWorker: working });

    assert.deepEqual(await Promise.all([decoding.start(), decoding.start()]), [true, true]);
    assert.equal(decoding.worker.posted.length, 1);
    assert.deepEqual((await decoding.decode("picture", false)).codes, []);
});

test("a decoder that cannot be loaded says so, and may be tried again", async () => {
    let attempts = 0;
    const makeWorker = fakeWorker((message, worker) => {
        attempts++;
        return attempts === 1
            ? worker.onmessage({ data: { type: "failed" } })
            : worker.onmessage({ data: { type: "ready", engine: "zxing" } });
    });
    const decoding = new Decoding({ makeWorker });

    assert.equal(await decoding.start(), false);
    assert.equal(await decoding.start(), true);
    assert.equal(
        await new Decoding({
            makeWorker: () => {
                throw new Error("forbidden");
            },
        }).start(),
        false
    );
});

test("a worker that breaks leaves no picture waiting", async () => {
    const makeWorker = fakeWorker(({ type }, worker) =>
        type === "start"
            ? worker.onmessage({ data: { type: "ready", engine: "zxing" } })
            : worker.onerror()
    );
    const decoding = new Decoding({ makeWorker });
    await decoding.start();

    assert.deepEqual((await decoding.decode("picture", true)).codes, []);
    assert.equal(decoding.isReady, false);
});

test("all files that the decoder loads exist", () => {
    for (const path of WORKER_FILES) {
        const file = new URL(`../../..${path.replace("/stockex_mobile_api", "")}`, import.meta.url);

        assert.ok(existsSync(file), path);
    }
});
