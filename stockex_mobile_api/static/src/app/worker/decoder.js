/** Decoding of one picture: the device's own detector on quick passes, zxing on thorough ones. */

/** Formats by zxing's names and by the names of the web's BarcodeDetector. */
const FORMATS = {
    EAN13: "ean13",
    EAN8: "ean8",
    UPCA: "upca",
    UPCE: "upce",
    Code128: "code128",
    Code39: "code39",
    ITF: "itf",
    QRCode: "qr",
    DataMatrix: "datamatrix",
    Aztec: "aztec",
};
const NATIVE = {
    ean_13: "ean13",
    ean_8: "ean8",
    upc_a: "upca",
    upc_e: "upce",
    code_128: "code128",
    code_39: "code39",
    itf: "itf",
    qr_code: "qr",
    data_matrix: "datamatrix",
    aztec: "aztec",
};
/** zxing names variants of a symbol apart. */
const VARIANTS = {
    Code39Std: "code39",
    Code39Ext: "code39",
    ITF14: "itf",
    ISBN: "ean13",
    QRCodeModel2: "qr",
    QRCodeModel1: "qr",
    AztecCode: "aztec",
};

const COMMON = { formats: Object.keys(FORMATS), textMode: "Plain", maxNumberOfSymbols: 12 };
/** Measured at 1280×720: 7 ms, against 33 (77 without a code) for the thorough one. */
export const QUICK = {
    ...COMMON,
    ...{ tryHarder: false, tryRotate: false, tryInvert: false, tryDownscale: false },
};
export const THOROUGH = {
    ...COMMON,
    ...{ tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true },
};
/** Shorter ITF codes are found in any striped shirt: the symbology has no check of its own. */
const LEAST_ITF = 6;

/**
 * @typedef {object} Code
 * @property {string} text with its symbology identifier if it is GS1 data
 * @property {string} format
 * @property {string} symbology
 * @property {{x: number, y: number}[]} corners in the picture's pixels
 */

export class Decoder {
    /**
     * @param {object} options
     * @param {(image: ImageData, options: object) => Promise<object[]>} options.readBarcodes zxing
     * @param {{detect: (image: ImageData) => Promise<object[]>} | null} [options.detector]
     */
    constructor({ readBarcodes, detector = null }) {
        this.readBarcodes = readBarcodes;
        this.detector = detector;
    }

    /**
     * Find the codes of a picture.
     *
     * @param {ImageData} image
     * @param {boolean} thorough
     * @returns {Promise<Code[]>}
     */
    async decode(image, thorough) {
        if (this.detector && !thorough) {
            try {
                return (await this.detector.detect(image)).map(fromNative).filter(isLikely);
            } catch {
                // Detectors without their service (no Play services) fail at the first picture.
                this.detector = null;
            }
        }
        const found = await this.readBarcodes(image, thorough ? THOROUGH : QUICK);
        return found
            .filter((one) => one.isValid)
            .map(fromZxing)
            .filter(isLikely);
    }
}

/**
 * Make the device's own detector if it knows all formats of ours.
 *
 * @param {typeof BarcodeDetector | undefined} Detector
 * @returns {Promise<BarcodeDetector | null>}
 */
export async function nativeDetector(Detector) {
    try {
        const known = (await Detector?.getSupportedFormats()) ?? [];
        const formats = Object.keys(NATIVE);
        return formats.every((one) => known.includes(one)) ? new Detector({ formats }) : null;
    } catch {
        return null;
    }
}

function fromZxing({ text, format, symbologyIdentifier, position }) {
    const { topLeft, topRight, bottomRight, bottomLeft } = position;
    return {
        text: withIdentifier(text, symbologyIdentifier),
        format: FORMATS[format] ?? VARIANTS[format] ?? format.toLowerCase(),
        symbology: symbologyIdentifier,
        corners: [topLeft, topRight, bottomRight, bottomLeft].map(({ x, y }) => ({ x, y })),
    };
}

function fromNative({ rawValue, format, cornerPoints }) {
    return {
        text: rawValue,
        format: NATIVE[format] ?? format,
        symbology: "",
        corners: cornerPoints.map(({ x, y }) => ({ x, y })),
    };
}

/** Only where it changes the meaning: a plain code is looked up as it is. */
function withIdentifier(text, identifier) {
    return ["]C1", "]d2", "]Q3", "]z1", "]e0"].includes(identifier) ? identifier + text : text;
}

function isLikely({ text, format }) {
    return format === "itf" ? text.length >= LEAST_ITF : text !== "";
}
