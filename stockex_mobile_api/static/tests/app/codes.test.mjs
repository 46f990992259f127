import assert from "node:assert/strict";
import test from "node:test";

import {
    checkDigit,
    expandUpcE,
    gtin14,
    gtinForms,
    hasRightCheckDigit,
    sameCodeKey,
} from "../../src/app/scan/codes.js";
import { digits, pick, seeded } from "./helpers.mjs";

test("check digits of printed articles are right", () => {
    for (const code of ["4006381333931", "96385074", "036000291452", "00614141123452"]) {
        assert.equal(hasRightCheckDigit(code), true, code);
    }
    assert.equal(checkDigit("629104150021"), "3");
});

test("one wrong digit anywhere is noticed", () => {
    const random = seeded(1);
    for (let round = 0; round < 2000; round++) {
        const body = digits(random, pick(random, [7, 11, 12, 13, 17]));
        const code = body + checkDigit(body);
        const at = Math.floor(random() * code.length);
        const other = String((Number(code[at]) + 1 + Math.floor(random() * 9)) % 10);

        assert.equal(hasRightCheckDigit(code), true);
        assert.equal(hasRightCheckDigit(code.slice(0, at) + other + code.slice(at + 1)), false);
    }
});

test("what is no code of digits has no right check digit", () => {
    for (const code of ["", "0", "40063813339x1", "٤٠٠٦٣٨١٣٣٣٩٣١", " 4006381333931"]) {
        assert.equal(hasRightCheckDigit(code), false, JSON.stringify(code));
    }
});

test("UPC-E is spread as its last digit says", () => {
    const pairs = {
        "01234505": "012000003455",
        "01234514": "012100003454",
        "01234523": "012200003453",
        "01234531": "012300000451",
        "01234543": "012340000053",
        "01234558": "012345000058",
        "01234565": "012345000065",
        "04252614": "042100005264",
    };
    for (const [short, long] of Object.entries(pairs)) {
        assert.equal(expandUpcE(short), long, short);
        assert.equal(expandUpcE(short.slice(0, 7)), long, "without check digit");
        assert.equal(expandUpcE(short.slice(1, 7)), long, "six digits");
    }
});

test("what is no UPC-E is not spread", () => {
    for (const code of ["01234506", "21234505", "12345", "012345050", "0123450x", ""]) {
        assert.equal(expandUpcE(code), null, code);
    }
});

test("a GTIN has fourteen digits, whatever its form", () => {
    assert.equal(gtin14("96385074"), "00000096385074");
    assert.equal(gtin14("036000291452"), "00036000291452");
    assert.equal(gtin14("4006381333931"), "04006381333931");
    assert.equal(gtin14("4006381333932"), null);
    assert.equal(gtin14("006381333931"), null);
});

test("a code is looked up in each form under which it may be stored", () => {
    assert.deepEqual(gtinForms("036000291452"), [
        "036000291452",
        "00036000291452",
        "0036000291452",
    ]);
    assert.deepEqual(gtinForms("04006381333931"), ["04006381333931", "4006381333931"]);
    assert.deepEqual(gtinForms("00000096385074"), [
        "00000096385074",
        "0000096385074",
        "000096385074",
        "96385074",
    ]);
    assert.deepEqual(gtinForms("14006381333938"), ["14006381333938"]);
    assert.deepEqual(gtinForms("LOT-12"), ["LOT-12"]);
});

test("eight digits are an EAN-8, unless the scanner says UPC-E", () => {
    const code = "01234565";

    assert.equal(gtinForms(code).includes("012345000065"), !hasRightCheckDigit(code));
    assert.equal(gtinForms(code, { upcE: true }).includes("012345000065"), true);
    assert.equal(
        gtinForms("96385074").some((form) => form.length === 12 && form[0] !== "0"),
        false
    );
});

test("each form of a code leads to the same forms", () => {
    const random = seeded(2);
    for (let round = 0; round < 500; round++) {
        const body = digits(random, pick(random, [7, 11, 12]));
        const forms = gtinForms(body + checkDigit(body));
        for (const form of forms.filter((one) => one.length > 8)) {
            const again = new Set(gtinForms(form));
            assert.deepEqual(new Set(forms.filter((one) => !again.has(one))), new Set(), form);
        }
    }
});

test("two readings of one symbol are the same code", () => {
    assert.equal(sameCodeKey("036000291452", "upca"), sameCodeKey("0036000291452", "ean13"));
    assert.equal(sameCodeKey("01234505", "upce"), sameCodeKey("012000003455", "upca"));
    assert.equal(
        sameCodeKey("]C10109506000134352"),
        sameCodeKey("\x1d0109506000134352", "code128")
    );
    assert.notEqual(sameCodeKey("036000291452", "upca"), sameCodeKey("036000291453", "upca"));
});
