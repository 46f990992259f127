/** Photos that wait to be sent: after the counts, and one at a time. */

import { REJECTED } from "./ops.js";

/**
 * Counts must find room even when photos do not. Browsers do not tell how much is left
 * (`navigator.storage.estimate` gives a fixed figure), so it is tried: a photo is kept if
 * this much more would fit.
 */
export const RESERVE_BYTES = 3_000_000;
const RESERVE = "reserve";

async function base64(blob) {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 8192) {
        text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    }
    return btoa(text);
}

export class Photos {
    /**
     * @param {import("../store/db").Store} store
     * @param {Object} parts
     * @param {() => string} parts.uuid
     * @param {() => Date} parts.now
     * @param {{postMessage: Function}} parts.channel tells the other tabs
     */
    constructor(store, { uuid, now, channel }) {
        Object.assign(this, { store, uuid, now, channel });
        this.unsent = [];
        this.listeners = new Set();
    }

    /** Read what waits; also after another tab changed it. */
    async load() {
        const kept = await this.store.all("photos");
        this.unsent = kept
            .filter((one) => one.op !== RESERVE)
            .sort((one, other) => one.at.localeCompare(other.at));
        this.listeners.forEach((listener) => listener());
    }

    on(listener) {
        this.listeners.add(listener);
    }

    /**
     * Keep a photo until it is sent.
     *
     * @param {number} user whose it is
     * @param {Object} body what it is of: session, and `line` or `of`
     * @param {Blob} picture JPEG
     * @param {string} label for the screen
     * @throws {import("../store/db").StoreFull} nothing was kept
     */
    async add(user, body, picture, label) {
        const facts = { op: this.uuid(), user, label, at: this.now().toISOString() };
        const kept = { ...facts, body: { kind: "photo", ...body }, picture, size: picture.size };
        const ballast = { op: RESERVE, picture: new Blob([new Uint8Array(RESERVE_BYTES)]) };
        await this.store.change(
            ["photos"],
            ({ photos }) => {
                photos.add(kept);
                photos.put(ballast);
            },
            true
        );
        await this.store.change(["photos"], ({ photos }) => photos.delete(RESERVE));
        await this._changed();
        return kept;
    }

    /** Throw a photo away that was not sent. */
    async remove(kept) {
        await this.store.change(["photos"], ({ photos }) => photos.delete(kept.op), true);
        await this._changed();
    }

    /** Return the oldest photo of a user, null if none waits. */
    async next(user) {
        await this.load();
        return this.unsent.find((kept) => kept.user === user) ?? null;
    }

    /** Return a photo as it goes over the line. */
    async wire({ op, at, body, picture }) {
        return { ...body, op, seq: 0, at, data: await base64(picture) };
    }

    /** Forget a photo that the server answered for; what it refused is shown. */
    async settle({ op, user, at, body, label }, result) {
        await this.store.change(
            ["photos", "ops"],
            ({ photos, ops }) => {
                photos.delete(op);
                if (result.status === "rejected") {
                    ops.add({ op, user, at, body, label, state: REJECTED, shown: null, result });
                }
            },
            true
        );
        await this._changed();
    }

    async _changed() {
        this.channel.postMessage("photos");
        await this.load();
    }
}
