import assert from "node:assert/strict";
import test from "node:test";

import { resolveScan } from "../../src/app/scan/resolve.js";

const GS = "\x1d";
const UNITS = { id: 1, name: "Units" };
const KG = { id: 2, name: "kg" };
const bolt = {
    id: 1,
    name: "Bolt",
    barcodes: ["4006381333931"],
    uom: UNITS,
    tracking: "none",
    packs: [{ barcode: "14006381333938", name: "Box of 50", uom: 9, quantity: 50 }],
};
const milk = { id: 2, name: "Milk", barcodes: ["09506000134352"], uom: UNITS, tracking: "lot" };
const drill = { id: 3, name: "Drill", barcodes: ["036000291452"], uom: UNITS, tracking: "serial" };
const ham = { id: 4, name: "Ham", barcodes: ["96385074"], uom: KG, tracking: "lot", packs: [] };
const twin = { id: 5, name: "Twin", barcodes: ["SAME"], uom: UNITS, tracking: "none", packs: [] };
const other = { id: 6, name: "Other", barcodes: ["SAME"], uom: UNITS, tracking: "none", packs: [] };

const shelf = { id: 11, name: "A-01", barcode: "LOC-A-01" };
const dock = { id: 12, name: "Dock", barcode: "9501101020016" };
const lots = [
    { id: 21, product: 2, name: "L1", expires: "2027-01-01" },
    { id: 22, product: 4, name: "L1", expires: null },
    { id: 23, product: 3, name: "SN-7", expires: null },
];
const pallet = { id: 31, name: "106141411234567897", location: 11 };

/** A store as the handheld has it: some answers are rows, some lists. */
const store = {
    async byBarcode(code) {
        const all = [bolt, milk, drill, ham, twin, other];
        return all.filter(
            (one) => one.barcodes.includes(code) || one.packs?.some((pack) => pack.barcode === code)
        );
    },
    async lotsByName(name) {
        return lots.filter((lot) => lot.name === name);
    },
    async locationByBarcode(code) {
        return [shelf, dock].find((one) => one.barcode === code);
    },
    async packageByName(name) {
        return name === pallet.name ? pallet : null;
    },
};

const resolve = (scan, options) => resolveScan(scan, store, { thisYear: 2026, ...options });

async function only(scan, options) {
    const { status, candidates } = await resolve(scan, options);
    assert.equal(status, "one", scan);
    assert.equal(candidates.length, 1);
    return candidates[0];
}

test("an article is found under every form of its code", async () => {
    for (const [scan, product] of [
        ["4006381333931", bolt],
        ["04006381333931", bolt],
        ["]E04006381333931", bolt],
        ["9506000134352", milk],
        ["0036000291452", drill],
        ["00036000291452", drill],
        ["]E496385074", ham],
    ]) {
        const candidate = await only(scan);

        assert.equal(candidate.kind, "product", scan);
        assert.equal(candidate.product, product, scan);
        assert.equal(candidate.quantity, 1, scan);
        assert.equal(candidate.pack, null, scan);
    }
});

test("a packaging brings its quantity", async () => {
    const candidate = await only("14006381333938");

    assert.equal(candidate.product, bolt);
    assert.equal(candidate.pack.name, "Box of 50");
    assert.equal(candidate.quantity, 50);
});

test("a count of packagings is one in the product's unit", async () => {
    const candidate = await only(`]C10214006381333938373`);

    assert.deepEqual([candidate.quantity, candidate.isMeasured], [150, true]);
});

test("a GS1 code brings the lot of its own product", async () => {
    const candidate = await only("]C101095060001343521727123110L1");

    assert.equal(candidate.product, milk);
    assert.equal(candidate.lot.id, 21);
    assert.equal(candidate.lotName, "L1");
    assert.equal(candidate.expires, "2027-12-31");
});

test("a lot of the same name of another product is not taken", async () => {
    const ofHam = await only("]C1010000009638507410L1");
    const ofMilk = await only("]C1010950600013435210SN-7");

    assert.deepEqual([ofHam.product, ofHam.lot.id], [ham, 22]);
    assert.deepEqual([ofMilk.lot, ofMilk.lotName], [null, "SN-7"]);
});

test("what a scanner calls GS1 data is never a plain code that looks alike", async () => {
    const bin = { id: 13, name: "Bin", barcode: "10NEW" };
    const withBin = {
        ...store,
        locationByBarcode: async (code) => (code === "10NEW" ? bin : null),
    };

    assert.equal((await resolveScan("10NEW", withBin)).candidates[0].location, bin);
    assert.equal((await resolveScan("]C110NEW", withBin)).status, "unknown");
});

test("a lot that nobody knows yet keeps its name and its date", async () => {
    const candidate = await only("https://id.gs1.org/01/09506000134352/10/NEW?17=280101");

    assert.deepEqual([candidate.lot, candidate.lotName], [null, "NEW"]);
    assert.equal(candidate.expires, "2028-01-01");
});

test("a serial number counts one piece, whatever the code says beside it", async () => {
    const candidate = await only(`]d20100036000291452309${GS}21SN-7`);

    assert.equal(candidate.product, drill);
    assert.deepEqual([candidate.lot.id, candidate.quantity], [23, 1]);
});

test("goods in kilograms are counted by the weight of their label", async () => {
    const kilos = await only("]C101000000963850743103001750");
    const pounds = await only("]C101000000963850743201000100");

    assert.deepEqual([kilos.quantity, kilos.isMeasured], [1.75, true]);
    assert.equal(pounds.quantity, 4.5359237);
});

test("a product without lots ignores the lot of the code", async () => {
    const candidate = await only(`]C1010400638133393110L1${GS}304`);

    assert.deepEqual([candidate.lotName, candidate.quantity], [null, 4]);
});

test("a location is found by its barcode and by its GLN", async () => {
    assert.equal((await only("LOC-A-01")).location, shelf);
    assert.equal((await only("]C14149501101020016")).location, dock);
    assert.equal((await only("https://a.b/414/9501101020016")).location, dock);
});

test("a package is found by its name and by its SSCC", async () => {
    for (const scan of ["106141411234567897", "]C100106141411234567897"]) {
        const candidate = await only(scan);

        assert.deepEqual([candidate.kind, candidate.package], ["package", pallet]);
    }
});

test("a pallet that nobody knows stands for its content", async () => {
    const scan = "]C100006141411234567890020400638133393137 6".replace(" ", "");
    const candidate = await only(scan);

    assert.deepEqual([candidate.product, candidate.quantity], [bolt, 6]);
});

test("a lot's name of two products gives both, with their products", async () => {
    const byId = async (id) => [milk, ham].find((one) => one.id === id);
    const { status, candidates } = await resolve("L1", { productById: byId });

    assert.equal(status, "several");
    assert.deepEqual(
        candidates.map(({ kind, product, lot }) => [kind, product.id, lot.id]),
        [
            ["lot", 2, 21],
            ["lot", 4, 22],
        ]
    );
});

test("a code of two products gives both", async () => {
    const { status, candidates } = await resolve("SAME");

    assert.equal(status, "several");
    assert.deepEqual(
        candidates.map((one) => one.product.id),
        [5, 6]
    );
});

test("what nobody knows is unknown, and its GS1 data are there", async () => {
    for (const scan of ["nothing", "", " ", "]E0", "5012345678900"]) {
        assert.deepEqual((await resolve(scan)).status, "unknown", scan);
    }
    const { status, gs1 } = await resolve("]C1010506000000001210X");
    assert.deepEqual([status, gs1.lot], ["unknown", "X"]);
});

test("what is wrong in a code is told beside what was found", async () => {
    const { status, problems, candidates } = await resolve("]C101095060001343521727023010L1");

    assert.deepEqual([status, problems], ["one", ["bad_date"]]);
    assert.equal(candidates[0].expires, null);
    assert.deepEqual((await resolve("]C10109506000134353")).problems, ["bad_check_digit"]);
    assert.equal((await resolve("]C10109506000134353")).status, "unknown");
});

test("a UPC-E code finds the article of its long form", async () => {
    const long = { ...twin, barcodes: ["012345000065"] };
    const short = {
        ...store,
        byBarcode: async (code) => (code === long.barcodes[0] ? long : null),
    };
    const { candidates } = await resolveScan("01234565", short, { format: "upce" });

    assert.equal(candidates[0].product, long);
});
