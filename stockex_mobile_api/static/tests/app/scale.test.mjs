import assert from "node:assert/strict";
import test from "node:test";

import { convertWeight } from "../../src/app/scan/weight.js";
import { ScaleStream, readScaleLine } from "../../src/later/scale/scale.js";
import { SerialScale } from "../../src/later/scale/scale_port.js";
import { digits, pick, seeded } from "./helpers.mjs";

const reading = (value, unit, stable, net = null) => ({ value, unit, stable, net, problem: "" });
const bytes = (text) => Uint8Array.from([...text].map((sign) => sign.charCodeAt(0)));

test("MT-SICS is read", () => {
    assert.deepEqual(readScaleLine("S S     1.234 kg"), reading(1.234, "kg", true));
    assert.deepEqual(readScaleLine("S D    -0.005 kg"), reading(-0.005, "kg", false));
    assert.deepEqual(readScaleLine("S S       500 g  "), reading(500, "g", true));
    assert.equal(readScaleLine("S I").problem, "not_ready");
    assert.equal(readScaleLine("S +").problem, "overload");
    assert.equal(readScaleLine("S -").problem, "underload");
});

test("lines that say stable, moving, gross and net are read", () => {
    assert.deepEqual(readScaleLine("ST,GS,+  1.234kg"), reading(1.234, "kg", true, false));
    assert.deepEqual(readScaleLine("US,NT,-  0.5 lb"), reading(-0.5, "lb", false, true));
    assert.deepEqual(readScaleLine("ST,+00012.34  g"), reading(12.34, "g", true));
    assert.equal(readScaleLine("OL,+9999999  g").problem, "overload");
    assert.equal(readScaleLine("ST,TR,+  0.100kg"), null, "a tare is no weight of goods");
});

test("a bare weight with its unit is read, stable unless it asks", () => {
    assert.deepEqual(readScaleLine("  +0001.234 kg"), reading(1.234, "kg", true));
    assert.deepEqual(readScaleLine("1,25 kg"), reading(1.25, "kg", true));
    assert.deepEqual(readScaleLine("   1.234 kg ?"), reading(1.234, "kg", false));
    assert.deepEqual(readScaleLine("12 PCS"), reading(12, "pcs", true));
});

test("Toledo's continuous output is read by its status bits", () => {
    const line = (a, b, c, weight) => `\x02${String.fromCharCode(a, b, c)}${weight}     0`;

    assert.deepEqual(
        readScaleLine(line(0x2d, 0x30, 0x20, "  1234")),
        reading(1.234, "kg", true, false)
    );
    assert.deepEqual(
        readScaleLine(line(0x2c, 0x20, 0x20, " 15075")),
        reading(150.75, "lb", true, false)
    );
    assert.deepEqual(
        readScaleLine(line(0x2d, 0x3b, 0x20, "   500")),
        reading(-0.5, "kg", false, true)
    );
    assert.deepEqual(
        readScaleLine(line(0x2a, 0x30, 0x21, "   750")),
        reading(750, "g", true, false)
    );
    assert.equal(readScaleLine(line(0x2d, 0x34, 0x20, "999999")).problem, "overload");
    assert.equal(readScaleLine(line(0x2d, 0x36, 0x20, "     0")).problem, "underload");
});

test("other lines are no readings", () => {
    const lines = [
        "",
        "kg",
        "ES",
        'I4 A "0123"',
        "Date 2026-11-21",
        "12",
        "3 apples",
        "ST,",
        "S S",
    ];
    for (const line of lines) {
        assert.equal(readScaleLine(line), null, line);
    }
});

test("a weight that is not stable is never told as stable", () => {
    for (const line of ["S D     1.0 kg", "US,GS,+ 1.0kg", "1.0 kg ?"]) {
        assert.equal(readScaleLine(line).stable, false, line);
    }
});

test("what comes in pieces is put together, cut anywhere", () => {
    const random = seeded(41);
    for (let round = 0; round < 300; round++) {
        const values = Array.from({ length: 5 }, () =>
            Number(`${digits(random, 2)}.${digits(random, 3)}`)
        );
        const text = values.map((value) => `S S ${value.toFixed(3)} kg\r\n`).join("");
        const stream = new ScaleStream();
        const found = [];
        for (let at = 0; at < text.length;) {
            const length = 1 + Math.floor(random() * 12);
            found.push(...stream.take(bytes(text.slice(at, at + length))));
            at += length;
        }

        assert.deepEqual(
            found.map((one) => one.value),
            values
        );
    }
});

test("noise raises nothing and fills no memory", () => {
    const random = seeded(42);
    const stream = new ScaleStream();
    for (let round = 0; round < 3000; round++) {
        const noise = Array.from({ length: 50 }, () => Math.floor(random() * 256));
        stream.take(Uint8Array.from(noise.filter((one) => one !== 13 && one !== 10)));
    }
    stream.take(bytes("\r\n"));

    assert.deepEqual(stream.take(bytes("S S 1.5 kg\r\n")), [reading(1.5, "kg", true)]);
    assert.ok(stream._rest.length <= 64);
});

test("weights are converted there and back", () => {
    const random = seeded(43);
    assert.equal(convertWeight(1, "lb", "kg"), 0.45359237);
    assert.equal(convertWeight(1500, "g", "kg"), 1.5);
    assert.equal(convertWeight(1, "kg", "pcs"), null);
    for (let round = 0; round < 500; round++) {
        const [from, to] = [
            pick(random, ["g", "kg", "lb", "oz"]),
            pick(random, ["g", "kg", "t", "lb"]),
        ];
        const value = Number(digits(random, 3)) / 100;
        const back = convertWeight(convertWeight(value, from, to), to, from);

        assert.ok(Math.abs(back - value) < 1e-9, `${value} ${from} ${to}`);
    }
});

/** A port as Web Serial gives it, that sends what it is told. */
function fakePort(chunks, { fails = false } = {}) {
    const port = { closed: false };
    port.open = async (settings) => (port.settings = settings);
    port.close = async () => (port.closed = true);
    port.readable = new ReadableStream({
        async start(controller) {
            chunks.forEach((chunk) => controller.enqueue(bytes(chunk)));
            if (fails) {
                await new Promise((resolve) => setTimeout(resolve, 5));
                controller.error(new Error("unplugged"));
            }
        },
    });
    return port;
}

function bind(port, more = {}) {
    const told = { readings: [], ends: [] };
    const serial = { getPorts: async () => [], requestPort: async () => port, ...more };
    const scale = new SerialScale({
        serial,
        onReading: (one) => told.readings.push(one.value),
        onEnd: (name) => told.ends.push(name),
    });
    return { scale, told };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

test("a bound scale tells its readings until it is closed", async () => {
    const port = fakePort(["S S 1.5", " kg\r\nS S 2.5 kg\r\n"]);
    const { scale, told } = bind(port);

    assert.equal(await scale.open(), "");
    await soon();
    assert.deepEqual(told, { readings: [1.5, 2.5], ends: [] });
    scale.close();
    await soon();

    assert.deepEqual(told.ends, ["closed"]);
    assert.equal(port.closed, true);
    assert.equal(port.settings.baudRate, 9600);
});

test("a pulled cable is told", async () => {
    const { scale, told } = bind(fakePort(["S S 1 kg\r\n"], { fails: true }));
    await scale.open();
    await soon();

    assert.deepEqual(told, { readings: [1], ends: ["lost"] });
});

test("what keeps a scale from being bound is named", async () => {
    const refuse = async () => {
        throw new Error("no");
    };

    assert.equal(await bind(null, { requestPort: refuse }).scale.open(), "refused");
    assert.equal(await bind(fakePort([])).scale.open({ ask: false }), "refused");
    assert.equal(await bind({ open: refuse }).scale.open(), "busy");
    assert.equal(await new SerialScale({}).open(), "unsupported");
});
