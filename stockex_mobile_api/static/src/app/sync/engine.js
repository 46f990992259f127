/** Sends what waits, one sender at a time over all tabs, until the server has answered for it. */

import { StoreFull } from "../store/db.js";
import { batchOf, settled, wire } from "./ops.js";

export const LOCK = "stockex-scan-send";
const PAUSES_S = [1, 2, 5, 15, 30, 60];
/** Without a line each scan would try it: that is work which the next scan waits for. */
const SOON_S = 5;

/** Why nothing is sent: shown to the user. */
export const ONLINE = "online";
export const OFFLINE = "offline";
export const SIGNED_OUT = "signed_out";
export const FULL = "full";

/** An answer that is none of the server's: no line, or somebody else's page in between. */
export class NoLine extends Error {}
/** The session ended: sign in, and nothing is lost. */
export class SignedOut extends Error {}
/** The server refuses the device or the application as it is. */
export class Refused extends Error {
    constructor(code, message) {
        super(message);
        this.code = code;
    }
}

export class Engine {
    /**
     * @param {Object} parts
     * @param {Object} parts.queue `waiting(user)` and `settle(ops, lines)`
     * @param {Object} [parts.photos] `next(user)` and `settle(kept, result)`: sent one at a
     *     time, when nothing else waits
     * @param {(name: string, params: Object) => Promise<Object>} parts.call throws `NoLine`,
     *     `SignedOut` or `Refused`
     * @param {{request: Function}} parts.locks as `navigator.locks`
     * @param {() => Date} parts.now
     * @param {(work: Function, seconds: number) => any} parts.later
     * @param {(timer: any) => void} parts.cancel
     */
    constructor({ queue, photos, call, locks, now, later, cancel }) {
        Object.assign(this, { queue, photos, call, locks, now, later, cancel });
        this.state = ONLINE;
        this.message = "";
        this.user = null;
        this.failures = 0;
        this.listeners = new Set();
        this.timer = null;
        this.running = null;
        this.again = false;
        this.isSoon = false;
    }

    /** Call `listener` at each change of state and after each answer; return how to stop. */
    on(listener) {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    }

    /** Something was added: send it, or soon if the server was not reached a moment ago. */
    added() {
        if (this.state === ONLINE) {
            this.wake();
        } else if (!this.isSoon) {
            this._later(Math.min(this.pause, SOON_S));
            this.isSoon = true;
        }
    }

    /** The line may be back: send without waiting for the next try. */
    wake() {
        this.cancel(this.timer);
        this.timer = null;
        this.isSoon = false;
        if (this.running) {
            this.again = true;
            return this.running;
        }
        this.running = this._run().finally(() => {
            this.running = null;
            if (this.again) {
                this.again = false;
                this.wake();
            }
        });
        return this.running;
    }

    async _run() {
        if (this.user === null) {
            return;
        }
        // Another tab that sends does it for us as well: both read one queue.
        await this.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
            if (lock) {
                await this._sendAll();
            } else {
                this._later(2);
            }
        });
    }

    async _sendAll() {
        try {
            // One after the other: the order in which things were done is kept.
            // eslint-disable-next-line no-await-in-loop
            while (await this._sendBatch()) {
                this._become(ONLINE);
            }
            this.failures = 0;
        } catch (error) {
            this._failed(error);
        }
    }

    async _sendBatch() {
        const batch = batchOf(await this.queue.waiting(this.user), this.user);
        if (!batch.length) {
            return this._sendPhoto();
        }
        const params = { now: this.now().toISOString(), ops: batch.map(wire) };
        const answer = await this.call("push", params);
        const { ops, lines } = settled(batch, answer.results ?? []);
        await this.queue.settle(ops, lines);
        if (!ops.length) {
            throw new NoLine("the server answered for none of the operations");
        }
        return true;
    }

    async _sendPhoto() {
        const kept = await this.photos?.next(this.user);
        if (!kept) {
            return false;
        }
        const ops = [await this.photos.wire(kept)];
        const answer = await this.call("push", { now: this.now().toISOString(), ops });
        const result = answer.results?.find((one) => one.op === kept.op);
        if (!result) {
            throw new NoLine("the server did not answer for the photo");
        }
        await this.photos.settle(kept, result);
        return true;
    }

    _failed(error) {
        if (error instanceof SignedOut) {
            this._become(SIGNED_OUT);
        } else if (error instanceof Refused) {
            this._become(error.code, error.message);
        } else {
            this._become(error instanceof StoreFull ? FULL : OFFLINE, error.message);
            this._later(this.pause);
            this.failures += 1;
        }
    }

    get pause() {
        return PAUSES_S[Math.min(this.failures, PAUSES_S.length - 1)];
    }

    _later(seconds) {
        this.cancel(this.timer);
        this.timer = this.later(() => this.wake(), seconds);
    }

    _become(state, message = "") {
        this.state = state;
        this.message = message;
        for (const listener of this.listeners) {
            listener(state);
        }
    }
}
