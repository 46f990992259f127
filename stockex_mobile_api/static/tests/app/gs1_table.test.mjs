import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import test from "node:test";

import { checkDigit } from "../../src/app/scan/codes.js";
import { readGs1 } from "../../src/app/scan/gs1.js";
import { knownIdentifiers, ruleOf } from "../../src/app/scan/gs1_table.js";
import { STANDARDS, pick, seeded, standard } from "./helpers.mjs";

const GS = "\x1d";
const read = (scan) => readGs1(scan, { thisYear: 2026 });

test("the table is the one of the standard", (context) => {
    const text = standard("gs1/gs1-syntax-dictionary.txt");
    if (!text) {
        context.skip("the syntax dictionary is not here");
        return;
    }
    const official = dictionary(text);

    assert.deepEqual(new Set(knownIdentifiers()), new Set(official.keys()));
    for (const [ai, { format, isPredefined }] of official) {
        assert.equal(formatOf(ruleOf(ai)), format, ai);
        assert.equal(ruleOf(ai).isPredefined, isPredefined, ai);
    }
});

test("what the dictionary's formats allow is read back, whatever its order", (context) => {
    const list = standard("gs1/biip_application_identifiers.json");
    if (!list) {
        context.skip("the list of identifiers is not here");
        return;
    }
    const known = JSON.parse(list).filter(({ ai }) => ruleOf(ai));
    const random = seeded(3);
    let covered = 0;
    for (const { ai, pattern } of known) {
        const value = matching(random, ruleOf(ai), new RegExp(pattern));
        const gs1 = read(`]C1${ai}${value}${GS}10LOT${GS}0109506000134352`);
        if (value && ai !== "10" && ai !== "01") {
            covered++;
            assert.deepEqual(gs1.errors, [], ai + value);
            assert.equal(gs1.ais[ai], value, ai);
        }
    }
    assert.ok(covered > 500, `${covered} of ${known.length}`);
});

/** Try until the official pattern takes the value. */
function matching(random, rule, pattern) {
    const tries = Array.from({ length: 400 }, () => sample(random, rule));
    return tries.find((value) => pattern.test(rule.ai + value)) ?? "";
}

test("the GS1 symbols among the sample pictures are read or named", (context) => {
    const folder = new URL("gs1/zxing_samples/", STANDARDS);
    if (!existsSync(folder)) {
        context.skip("the samples are not here");
        return;
    }
    const found = readdirSync(folder, { recursive: true })
        .filter((name) => name.endsWith(".result.txt"))
        .map((name) => [name, readFileSync(new URL(encodeURI(name), folder), "utf8")])
        .filter(([, result]) => /=\](C1|d2)/.test(result))
        .map(([name, result]) => {
            const text = readFileSync(
                new URL(encodeURI(name.replace(".result", "")), folder),
                "utf8"
            );
            return [name.split("/").at(-1), read(/\](C1|d2)/.exec(result)[0] + text)];
        });

    const figure = Object.fromEntries(found)["gs1-figure-4.15.1-2-32x32.result.txt"];
    assert.deepEqual(
        [figure.gtin, figure.serial, figure.lot, figure.expires, figure.ais[8200], figure.errors],
        ["09504000059101", "12345678p901", "1234567p", "2014-11-20", "http://www.gs1.org/demo/", []]
    );
    assert.deepEqual(
        Object.fromEntries(
            found.map(([name, { errors }]) => [name, errors.map((one) => one.name)])
        ),
        {
            // Test pictures with FNC1 in front whose numbers are no GS1 data.
            "1.result.txt": ["too_short"],
            "4.result.txt": ["too_short"],
            "5.result.txt": ["unknown_ai"],
            "gs1-figure-4.15.1-2-32x32.result.txt": [],
        }
    );
});

test("random codes of several identifiers come apart as they were put together", () => {
    const random = seeded(4);
    const all = knownIdentifiers();
    for (let round = 0; round < 3000; round++) {
        const chosen = [
            ...new Set(Array.from({ length: 1 + (round % 6) }, () => pick(random, all))),
        ];
        const ais = Object.fromEntries(chosen.map((ai) => [ai, sample(random, ruleOf(ai))]));
        const text = chosen
            .map((ai) => ai + ais[ai] + (ruleOf(ai).isPredefined ? "" : GS))
            .join("");
        const gs1 = read(`]d2${text}`);

        assert.deepEqual(gs1.errors, [], JSON.stringify(text));
        assert.deepEqual(gs1.ais, ais, JSON.stringify(text));
    }
});

function dictionary(text) {
    const found = new Map();
    for (const line of text.split("\n").filter((one) => /^\d/.test(one))) {
        const [, ais, flags, rest] = /^(\S+)\s+((?:[*?]+ )?)\s*([^#]*)/.exec(line);
        const parts = rest.split(/\s+/).filter((word) => /^\[?[NXYZ](\.\.)?\d/.test(word));
        const format = parts
            .map((word) => {
                const [kind, ...checks] = word.replace(/[[\]]/g, "").split(",");
                const isChecked = checks.includes("csum") ? "k" : "";
                const isDated = checks.some((one) => /^yymmd[d0]$/.test(one)) ? "d" : "";
                return (word.startsWith("[") ? "?" : "") + kind + isChecked + isDated;
            })
            .join(" ");
        const [first, last = first] = ais.split("-");
        for (let ai = Number(first); ai <= Number(last); ai++) {
            const name = String(ai).padStart(first.length, "0");
            found.set(name, { format, isPredefined: flags.includes("*") });
        }
    }
    return found;
}

function formatOf({ parts }) {
    return parts
        .map(({ kind, least, most, checked, dated, optional }) => {
            const length = least === most ? most : `..${most}`;
            const marks = (checked ? "k" : "") + (dated ? "d" : "");
            return `${optional ? "?" : ""}${kind}${length}${marks}`;
        })
        .join(" ");
}

const SIGNS = { N: "0123456789", X: "ABcd01-./", Y: "AB01-/#", Z: "AZaz09-_" };

function sample(random, { parts }) {
    return parts.map((part) => samplePart(random, part)).join("");
}

function samplePart(random, { kind, least, most, checked, dated }) {
    if (dated) {
        return pick(random, ["270131", "261130", "240229"]);
    }
    const length = least + Math.floor(random() * (most - least + 1));
    const body = Array.from({ length }, () => pick(random, SIGNS[kind])).join("");
    if (kind === "N" && length === 4) {
        return "0102";
    }
    if (kind === "N" && length === 2) {
        return "07";
    }
    return checked ? body.slice(1) + checkDigit(body.slice(1)) : body;
}
