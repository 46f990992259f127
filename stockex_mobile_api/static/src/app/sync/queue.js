/** The queue of operations in the store, with what waits also in memory. */

import { answeredSession } from "../count/sessions.js";
import { StoreFull } from "../store/db.js";
import { ByGoods } from "./by_goods.js";
import {
    CONFLICT,
    DONE,
    MOST_BYTES,
    MOST_OPS,
    REJECTED,
    WAITING,
    operation,
    shownQuantity,
    weight,
} from "./ops.js";

/** Operations that are read at once: photos among them are large. */
const CHUNK = 50;

/** How many answered operations are kept for "what did I do last" and for undo. */
const KEPT = 200;

export class Queue {
    /**
     * @param {import("../store/db").Store} store
     * @param {Object} parts
     * @param {() => string} parts.uuid
     * @param {() => Date} parts.now
     * @param {{postMessage: Function}} parts.channel tells the other tabs
     */
    constructor(store, { uuid, now, channel }) {
        Object.assign(this, { store, uuid, now, channel });
        this.listeners = new Set();
        /** Who is shown their counts; null shows those of everybody. */
        this.user = null;
        /** Called when the server has answered for a count that was begun here. */
        this.begun = () => {};
        this._hold([]);
    }

    /** Read what waits; also after another tab changed it. */
    async load() {
        this._hold(await this.store.find("ops", "state", WAITING));
        this._tell();
    }

    /** Call `listener` whenever the queue changes; return how to stop. */
    on(listener) {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    }

    /**
     * Keep an operation; answers when it is safe.
     *
     * @param {number} user
     * @param {Object} body
     * @param {Object} [facts] with `session`, the row of a count that the operation begins
     * @throws {import("../store/db").StoreFull} nothing was kept
     */
    async add(user, body, facts = {}) {
        const kept = {
            ...operation(body, { op: this.uuid(), at: this.now(), user, ...facts }),
            takesBack: facts.takesBack ?? null,
            target: facts.target ?? null,
            label: facts.label ?? null,
        };
        const names = facts.session ? ["ops", "sessions"] : ["ops"];
        const write = (stores) => {
            if (facts.session) {
                stores.sessions.put(facts.session);
            }
            return stores.ops.add(kept);
        };
        kept.seq = await this.store.change(names, write, true);
        this.unsent.push(kept);
        this.byGoods.add(kept);
        this._changed();
        return kept;
    }

    /** Return the oldest unsent of a user as the store has them: enough for one batch. */
    async waiting(user) {
        const found = [];
        let after = (this.unsent.find((kept) => kept.user === user)?.seq ?? 1) - 1;
        let bytes = 0;
        let isMore = true;
        while (isMore && found.length < MOST_OPS && bytes < MOST_BYTES) {
            // eslint-disable-next-line no-await-in-loop
            const chunk = await this.store.after("ops", after, CHUNK);
            const mine = chunk.filter((kept) => kept.user === user && kept.state === WAITING);
            found.push(...mine);
            bytes += mine.reduce((sum, kept) => sum + weight(kept), 0);
            after = chunk.at(-1)?.seq;
            isMore = chunk.length === CHUNK;
        }
        return found;
    }

    /** Keep what the server answered: operations, lines and counts begun, in one piece. */
    async settle(answered, lines) {
        const begun = await this._begun(answered);
        try {
            await this.store.change(
                ["ops", "lines", "sessions"],
                (stores) => {
                    answered.forEach((kept) => stores.ops.put(kept));
                    lines.forEach((line) => stores.lines.put(line));
                    begun.forEach((row) => stores.sessions.put(row));
                },
                true
            );
        } catch (error) {
            if (!(error instanceof StoreFull)) {
                throw error;
            }
            await this._makeRoom(answered);
            return;
        }
        if (begun.length) {
            this.begun();
        }
        const seqs = new Set(answered.map((kept) => kept.seq));
        this._hold(this.unsent.filter((kept) => !seqs.has(kept.seq)));
        await this._forget();
        this._changed();
    }

    async _begun(answered) {
        const ops = answered.filter((kept) => kept.body.kind === "adhoc");
        const rows = await Promise.all(
            ops.map((kept) => this.store.get("sessions", kept.body.session))
        );
        return ops.flatMap((kept, index) =>
            rows[index] ? [answeredSession(rows[index], kept)] : []
        );
    }

    /** Return what the user should look at: conflicts and what was refused. */
    async troubles() {
        const found = await Promise.all(
            [CONFLICT, REJECTED].map((state) => this.store.find("ops", "state", state))
        );
        return found.flat().sort((one, other) => one.seq - other.seq);
    }

    /** Put something that the user has seen aside; it stays on the server. */
    async dismiss(kept) {
        await this.store.change(["ops"], ({ ops }) => ops.put({ ...kept, state: DONE }), true);
        this._changed();
    }

    /**
     * Return what the counter counted, with what is still on its way.
     *
     * @param {Object} target its line as the server gave it last, its product, lot and place
     */
    shown(target) {
        const own = this.byGoods.of(target).filter((kept) => this._isOwn(kept));
        return shownQuantity(target.line ?? { mine: null }, own);
    }

    /** What waits of the user, not of others who share the device. */
    get mine() {
        return this.unsent.filter((kept) => this._isOwn(kept));
    }

    _isOwn(kept) {
        return this.user === null || kept.user === this.user;
    }

    _hold(unsent) {
        this.unsent = unsent;
        this.byGoods = new ByGoods(unsent);
    }

    /**
     * Drop what the server has done when there is no room to write that down: else a full
     * device would send it for ever. What it asks about, or what later counts depend on,
     * waits for the answer to fit.
     */
    async _makeRoom(answered) {
        const done = answered.filter((one) => one.state === DONE && one.body.kind !== "adhoc");
        await this.store.change(["ops"], ({ ops }) => done.forEach((kept) => ops.delete(kept.seq)));
        await this.load();
        this.channel.postMessage("queue");
        if (done.length < answered.length) {
            throw new StoreFull("no room for what the server asks");
        }
    }

    async _forget() {
        const done = await this.store.find("ops", "state", DONE);
        const old = done.slice(0, -KEPT);
        if (old.length) {
            await this.store.change(["ops"], ({ ops }) => {
                old.forEach((kept) => ops.delete(kept.seq));
            });
        }
    }

    _changed() {
        this.channel.postMessage("queue");
        this._tell();
    }

    _tell() {
        this.listeners.forEach((listener) => listener());
    }
}
