import assert from "node:assert/strict";
import test from "node:test";

import { readGs1 } from "../../src/app/scan/gs1.js";
import { LINK_KEYS } from "../../src/app/scan/gs1_table.js";
import { standard } from "./helpers.mjs";

const read = (scan) => readGs1(scan, { thisYear: 2026 });
const errors = (scan) => read(scan).errors.map(({ name, ai }) => `${name} ${ai}`);

test("an article with qualifiers and data is read, whatever the domain and the path before", () => {
    for (const start of [
        "https://id.gs1.org",
        "http://example.com",
        "HTTPS://Shop.example.com:8443/some/path",
        "https://example.com/01/path",
        "https://192.168.1.7/x/",
    ]) {
        const uri = `${start.replace(/\/$/, "")}/01/09506000134352/10/ABC/21/12?17=271231&3103=000195`;
        const gs1 = read(uri);

        assert.equal(gs1.form, "link", uri);
        assert.deepEqual(gs1.errors, [], uri);
        assert.deepEqual(
            [gs1.gtin, gs1.lot, gs1.serial, gs1.expires, gs1.weight.value],
            ["09506000134352", "ABC", "12", "2027-12-31", 0.195],
            uri
        );
    }
});

test("signs written in per cent are read, a plus stays a plus", () => {
    assert.equal(read("https://a.b/01/09506000134352/10/A%2FB%26C+1").lot, "A/B&C+1");
    assert.deepEqual(errors("https://a.b/01/09506000134352/10/A%ZZ"), ["bad_encoding 10"]);
});

test("shorter GTINs and the names of the first version are read", () => {
    assert.equal(read("https://a.b/01/9506000134352").gtin, "09506000134352");
    assert.equal(read("https://a.b/gtin/96385074/lot/X/ser/7").gtin, "00000096385074");
    assert.equal(read("https://a.b/gtin/96385074/lot/X/ser/7").serial, "7");
});

test("questions to the resolver and fragments are no data", () => {
    const gs1 = read("https://a.b/01/09506000134352?linkType=gs1:pip&lang=fr;17=271231#part");

    assert.deepEqual(gs1.ais, { "01": "09506000134352", 17: "271231" });
});

test("places, pallets and assets are read", () => {
    assert.equal(read("https://a.b/414/9501101020016/254/12A").glnExtension, "12A");
    assert.equal(read("https://a.b/00/106141411234567897?02=09506000134352&37=48").quantity, 48);
    assert.equal(read("https://a.b/8004/0614141ABC/").asset, "0614141ABC");
});

test("qualifiers in a wrong order or of another key are named", () => {
    assert.deepEqual(errors("https://a.b/01/09506000134352/21/7/10/A"), ["bad_order 01"]);
    assert.deepEqual(errors("https://a.b/01/09506000134352/22/V/235/T"), ["bad_order 01"]);
    assert.deepEqual(errors("https://a.b/414/9501101020016/10/A"), ["bad_order 414"]);
    assert.deepEqual(errors("https://a.b/01/09506000134352/10/A/10/A"), ["bad_order 01"]);
    assert.equal(read("https://a.b/01/09506000134352/21/7/10/A").serial, "7");
});

test("wrong data are named", () => {
    assert.deepEqual(errors("https://a.b/01/09506000134353"), ["bad_check_digit 01"]);
    assert.deepEqual(errors("https://a.b/01/09506000134352?17=270230"), ["bad_date 17"]);
    assert.deepEqual(errors("https://a.b/01/09506000134352?9999=1"), ["unknown_ai 9999"]);
    assert.deepEqual(errors("https://a.b/01/09506000134352/10/A?10=B"), ["contradiction 10"]);
    assert.deepEqual(errors("https://a.b/01/09506000134352/foo/bar"), ["unknown_ai foo"]);
});

test("an address without a key is an address", () => {
    for (const uri of [
        "https://example.com/",
        "https://example.com",
        "https://example.com/products/12",
        "https://example.com/?01=09506000134352",
        "ftp://example.com/01/09506000134352",
        "https://example.com/17/271231",
        "WIFI:S:shop;T:WPA;P:secret;;",
    ]) {
        assert.equal(read(uri), null, uri);
    }
});

test("the symbology before an address does not matter", () => {
    assert.equal(read("]Q1https://a.b/01/09506000134352").gtin, "09506000134352");
    assert.equal(read("]d1https://a.b/01/09506000134352").gtin, "09506000134352");
});

test("keys and qualifiers are those of the standard", (context) => {
    const text = standard("gs1/gs1-syntax-dictionary.txt");
    if (!text) {
        context.skip("the syntax dictionary is not here");
        return;
    }
    const official = {};
    for (const line of text.split("\n").filter((one) => /^\d.*\bdlpkey\b/.test(one))) {
        const [, ai, , orders = ""] = /^(\d+).*\bdlpkey(=(\S+))?/.exec(line);
        official[ai] = orders.split("|").map((order) => order.split(",").filter(Boolean));
    }

    assert.deepEqual(LINK_KEYS, official);
});
