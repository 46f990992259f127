/**
 * What scales send over a serial line, as ASCII text.
 *
 * - MT-SICS: `S S     1.234 kg` (Mettler-Toledo and others), `S D` moving, `S I` not ready,
 *   `S +` and `S -` out of range.
 * - `ST,GS,+  1.234kg` (A&D, CAS, Ohaus, Avery): stable or `US` moving, `GS` gross, `NT` net.
 * - Toledo continuous: STX, three status bytes, six digits of weight, six of tare, CR.
 * - Anything else that ends in a weight with its unit: ` +0001.234 kg`, `1.234 kg ?`.
 */

/** @typedef {{value: number | null, unit: string, stable: boolean, net: boolean | null,
 *     problem: "" | "overload" | "underload" | "not_ready"}} Reading */

const UNITS = {
    ...{ kg: "kg", kgs: "kg", g: "g", gr: "g", gm: "g", mg: "mg", t: "t", lb: "lb", lbs: "lb" },
    ...{ oz: "oz", ozt: "oz t", ct: "ct", pcs: "pcs", pc: "pcs" },
};
const STX = "\x02";
const ETX = "\x03";
const WEIGHT = /([+-])?\s*(\d+(?:[.,]\d*)?|[.,]\d+)\s*([a-z]{1,3})?\s*(\?)?$/i;
const SICS = /^S[A-Z]?\s+([SDI+-])(?:\s+(.*))?$/;
const MARKED = /^(ST|US|OL|UL)\s*,\s*(?:(GS|NT|TR)\s*,)?(.*)$/i;
/** Lines longer than this are noise: no protocol has them. */
const MOST_BYTES = 64;

/**
 * Read one line of a scale.
 *
 * @param {string} line without its end
 * @returns {Reading | null} null if it is not a reading
 */
export function readScaleLine(line) {
    if (line.startsWith(STX) && line.length >= 16) {
        return readToledo(line);
    }
    const text = printable(line);
    const sics = SICS.exec(text);
    if (sics) {
        return readSics(sics[1], sics[2] ?? "");
    }
    const marked = MARKED.exec(text);
    if (marked) {
        return readMarked(marked[1].toUpperCase(), marked[2]?.toUpperCase(), marked[3]);
    }
    return withUnit(text) ? reading(text, { stable: !text.endsWith("?") }) : null;
}

function readSics(status, rest) {
    const problem = { I: "not_ready", "+": "overload", "-": "underload" }[status];
    return problem ? failed(problem) : reading(rest, { stable: status === "S" });
}

function readMarked(status, kind, rest) {
    if (status === "OL" || status === "UL") {
        return failed(status === "OL" ? "overload" : "underload");
    }
    // The tare is no weight of goods.
    return kind === "TR"
        ? null
        : reading(rest, { stable: status === "ST", net: kind ? kind === "NT" : null });
}

/** Only a weight with its unit is taken from an unknown protocol: other lines have numbers too. */
function withUnit(text) {
    return UNITS[WEIGHT.exec(text)?.[3]?.toLowerCase()] !== undefined;
}

function reading(text, { stable, net = null }) {
    const found = WEIGHT.exec(text.trim());
    const unit = UNITS[(found?.[3] ?? "").toLowerCase()];
    if (!found || (found[3] && !unit)) {
        return null;
    }
    const size = Number(found[2].replace(",", "."));
    const value = found[1] === "-" && size ? -size : size;
    return { value, unit: unit ?? "", stable, net, problem: "" };
}

function failed(problem) {
    return { value: null, unit: "", stable: false, net: null, problem };
}

/** Status bytes: Mettler-Toledo, standard continuous output (IND technical manuals, appendix C). */
function readToledo(line) {
    const [a, b, c] = [1, 2, 3].map((at) => line.charCodeAt(at));
    const digits = line.slice(4, 10);
    if (b & 4) {
        return failed(b & 2 ? "underload" : "overload");
    }
    if (!/^ *\d+$/.test(digits)) {
        return null;
    }
    const size = Number(`${digits.trim()}e${2 - (a & 7)}`);
    return {
        value: b & 2 && size ? -size : size,
        unit: [b & 16 ? "kg" : "lb", "g", "t", "oz", "oz t"][c & 7] ?? "",
        stable: !(b & 8),
        net: Boolean(b & 1),
        problem: "",
    };
}

/** Scales with seven data bits set the eighth; line noise brings control signs. */
function printable(line) {
    return [...line]
        .map((sign) => String.fromCharCode(sign.charCodeAt(0) & 127))
        .filter((sign) => sign >= " " && sign <= "~")
        .join("")
        .trim();
}

/** Cuts what arrives in pieces into lines and gives their readings. */
export class ScaleStream {
    constructor() {
        this._rest = "";
    }

    /**
     * Take a piece of what the scale sent.
     *
     * @param {Uint8Array} bytes
     * @returns {Reading[]} the readings of the lines that it completes
     */
    take(bytes) {
        const text = this._rest + String.fromCharCode(...bytes);
        const lines = text.replaceAll(ETX, "\n").split(/[\r\n]+/);
        this._rest = lines.pop().slice(-MOST_BYTES);
        return lines.map(readScaleLine).filter(Boolean);
    }
}
