/** A scale bound by Web Serial. */

import { ScaleStream } from "./scale.js";

/** 9600 8N1 is what most scales are shipped with. */
const SETTINGS = { baudRate: 9600, dataBits: 8, stopBits: 1, parity: "none" };
/** MT-SICS: send the weight at once; other scales send by themselves or ignore it. */
const ASK = new TextEncoder().encode("SI\r\n");

/** Reads a scale until it is closed. */
export class SerialScale {
    /**
     * @param {object} options
     * @param {Serial} options.serial `navigator.serial`; undefined where there is none
     * @param {(reading: import("./scale.js").Reading) => void} options.onReading
     * @param {(name: string) => void} options.onEnd `lost` when the cable is pulled, else `closed`
     */
    constructor({ serial, onReading, onEnd }) {
        this.serial = serial;
        this.onReading = onReading;
        this.onEnd = onEnd;
        this.port = null;
        this.closing = null;
    }

    /** Whether this device can bind a scale at all. */
    get isSupported() {
        return Boolean(this.serial);
    }

    /**
     * Open a scale: the one bound before, else the person chooses (needs a tap).
     *
     * @param {{settings?: SerialOptions, ask?: boolean}} [options]
     * @returns {Promise<string>} empty, or why not: `unsupported`, `refused`, `busy`
     */
    async open({ settings = {}, ask = true } = {}) {
        if (!this.serial) {
            return "unsupported";
        }
        const [known] = await this.serial.getPorts();
        try {
            this.port = known ?? (ask ? await this.serial.requestPort() : null);
        } catch {
            return "refused";
        }
        if (!this.port) {
            return "refused";
        }
        try {
            await this.port.open({ ...SETTINGS, ...settings });
        } catch {
            this.port = null;
            return "busy";
        }
        this._read();
        return "";
    }

    /** Ask the scale for its weight now. */
    async ask() {
        const writer = this.port?.writable?.getWriter();
        try {
            await writer?.write(ASK);
        } finally {
            writer?.releaseLock();
        }
    }

    /** Let the scale go. */
    close() {
        this.closing?.abort();
    }

    async _read() {
        const stream = new ScaleStream();
        const sink = new WritableStream({
            write: (bytes) => stream.take(bytes).forEach(this.onReading),
        });
        this.closing = new AbortController();
        const { signal } = this.closing;
        try {
            await this.port.readable.pipeTo(sink, { signal });
        } catch {
            // How it ended is told below: the port's errors have no names to rely on.
        }
        await this.port.close().catch(() => undefined);
        this.port = null;
        this.onEnd(signal.aborted ? "closed" : "lost");
    }
}
