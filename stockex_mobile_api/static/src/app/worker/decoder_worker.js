/**
 * The worker that decodes pictures, so that the screen answers meanwhile.
 *
 * Takes `{type: "start", useNative}` and answers `{type: "ready", engine}` or
 * `{type: "failed"}`; takes `{type: "frame", id, picture, thorough}` (an ImageBitmap, handed
 * over, or ImageData) and answers `{type: "codes", id, codes, ms, thorough}`.
 */

import { prepareZXingModule, readBarcodes } from "../../../lib/zxing-wasm/es/reader/index.js";
import { Decoder, nativeDetector } from "./decoder.js";

// The library's default is a server of others.
const WASM = new URL("../../../lib/zxing-wasm/reader/zxing_reader.wasm", import.meta.url).href;

let decoder = null;
let canvas = null;

self.onmessage = ({ data }) => (data.type === "start" ? start(data) : read(data));

async function start({ useNative }) {
    try {
        await prepareZXingModule({
            overrides: { locateFile: () => WASM },
            fireImmediately: true,
        });
        const detector = useNative ? await nativeDetector(self.BarcodeDetector) : null;
        decoder = new Decoder({ readBarcodes, detector });
        self.postMessage({ type: "ready", engine: detector ? "native" : "zxing" });
    } catch (error) {
        self.postMessage({ type: "failed", message: String(error) });
    }
}

async function read({ id, picture, thorough }) {
    const began = performance.now();
    // A picture that cannot be read is followed by another: the page must have its answer.
    const codes = await decodeQuietly(picture, thorough);
    self.postMessage({ type: "codes", id, codes, thorough, ms: performance.now() - began });
}

async function decodeQuietly(picture, thorough) {
    try {
        return await decoder.decode(pixelsOf(picture), thorough);
    } catch {
        return [];
    }
}

function pixelsOf(picture) {
    if (picture instanceof ImageData) {
        return picture;
    }
    const { width, height } = picture;
    if (canvas?.width !== width || canvas?.height !== height) {
        canvas = new OffscreenCanvas(width, height);
    }
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(picture, 0, 0);
    picture.close();
    return context.getImageData(0, 0, width, height);
}
