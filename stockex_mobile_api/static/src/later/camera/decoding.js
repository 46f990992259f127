/** The page's side of the decoding worker: one picture at a time, answers by promise. */

export const WORKER_URL = "/stockex_mobile_api/static/src/app/worker/decoder_worker.js";
/** All that the worker loads: what a service worker must keep for the camera to work offline. */
export const WORKER_FILES = [
    WORKER_URL,
    "/stockex_mobile_api/static/src/app/worker/decoder.js",
    "/stockex_mobile_api/static/lib/zxing-wasm/es/reader/index.js",
    "/stockex_mobile_api/static/lib/zxing-wasm/es/share.js",
    "/stockex_mobile_api/static/lib/zxing-wasm/reader/zxing_reader.wasm",
];

/**
 * A worker belongs to the service worker in whose scope its script lies, and these scripts lie
 * elsewhere. One made from a blob belongs to its page's: so it loads without a network.
 */
function makeOwnWorker() {
    const script = `import ${JSON.stringify(new URL(WORKER_URL, globalThis.location.href).href)};`;
    const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    const worker = new Worker(url, { type: "module" });
    worker.addEventListener("message", () => URL.revokeObjectURL(url), { once: true });
    return worker;
}

export class Decoding {
    /**
     * @param {object} [options]
     * @param {() => Worker} [options.makeWorker]
     * @param {boolean} [options.useNative] the device's own detector for quick passes
     */
    constructor({ makeWorker, useNative = true } = {}) {
        this.makeWorker = makeWorker ?? makeOwnWorker;
        this.useNative = useNative;
        this.worker = null;
        this.engine = "";
        this._waiting = new Map();
        this._count = 0;
    }

    /** Whether pictures can be given. */
    get isReady() {
        return this.engine !== "";
    }

    /**
     * Load the decoder.
     *
     * @returns {Promise<boolean>} whether it works
     */
    start() {
        this._started ??= new Promise((resolve) => this._load(resolve));
        return this._started;
    }

    _load(give) {
        try {
            this.worker = this.makeWorker();
        } catch {
            this._started = undefined;
            give(false);
            return;
        }
        this.worker.onerror = () => this._fail(give);
        this.worker.onmessage = ({ data }) => this._take(data, give);
        this.worker.postMessage({ type: "start", useNative: this.useNative });
    }

    /**
     * Decode a picture.
     *
     * @param {ImageBitmap | ImageData} picture a bitmap is handed over
     * @param {boolean} thorough
     * @returns {Promise<{codes: import("../../app/worker/decoder.js").Code[], ms: number, thorough: boolean}>}
     */
    decode(picture, thorough) {
        const id = ++this._count;
        const handed = typeof picture.close === "function" ? [picture] : [];
        return new Promise((resolve) => {
            this._waiting.set(id, resolve);
            this.worker.postMessage({ type: "frame", id, picture, thorough }, handed);
        });
    }

    /** End the worker; pictures still waiting have no codes. */
    stop() {
        this.worker?.terminate();
        this.worker = null;
        this.engine = "";
        this._started = undefined;
        this._answerAll();
    }

    _take(data, give) {
        if (data.type === "codes") {
            const resolve = this._waiting.get(data.id);
            this._waiting.delete(data.id);
            resolve?.({ codes: data.codes, ms: data.ms, thorough: data.thorough });
        } else if (data.type === "ready") {
            this.engine = data.engine;
            give(true);
        } else {
            this._fail(give);
        }
    }

    _fail(give) {
        this.stop();
        give(false);
    }

    _answerAll() {
        for (const resolve of this._waiting.values()) {
            resolve({ codes: [], ms: 0, thorough: false });
        }
        this._waiting.clear();
    }
}
