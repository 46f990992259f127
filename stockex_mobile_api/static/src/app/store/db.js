/** The handheld's store: IndexedDB with promises, and errors that say what to do. */

import { NAME, STEPS, upgrade } from "./schema.js";

/** The device has no room left; nothing of the change was kept. */
export class StoreFull extends Error {}

/** The store cannot be used: private browsing, damage, or a newer version of the application. */
export class StoreUnusable extends Error {}

function named(error) {
    return error?.name === "QuotaExceededError" ? new StoreFull(error.message) : error;
}

/** Some browsers refuse at once instead of answering. */
function asked(factory) {
    try {
        return factory.open(NAME, STEPS.length);
    } catch (error) {
        throw new StoreUnusable(error.message);
    }
}

function answered(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(named(request.error));
    });
}

export class Store {
    /** @param {IDBDatabase} db */
    constructor(db) {
        this.db = db;
        /** How often each store was changed by this page: what was read of it is old then. */
        this.changes = {};
        this.reading = new Map();
        // Another tab has a newer version of the application: it must not wait for us.
        db.onversionchange = () => db.close();
    }

    /**
     * Open the store; make or upgrade it first.
     *
     * @param {IDBFactory} [factory]
     * @returns {Promise<Store>}
     * @throws {StoreUnusable}
     */
    static open(factory = indexedDB) {
        return new Promise((resolve, reject) => {
            const request = asked(factory);
            request.onupgradeneeded = (event) =>
                upgrade(request.result, request.transaction, event.oldVersion);
            request.onsuccess = () => resolve(new Store(request.result));
            request.onerror = () => reject(new StoreUnusable(request.error?.message));
        });
    }

    /** Return one row, undefined if there is none. */
    get(name, key) {
        return this._read(name, (store) => store.get(key));
    }

    /** Return the rows of several keys in their order, undefined for each that there is not. */
    many(name, keys) {
        return Promise.all(keys.map((key) => this.get(name, key)));
    }

    /** Return the rows of an index that have a key; at most `limit`. */
    find(name, index, key, limit = undefined) {
        return this._read(name, (store) => store.index(index).getAll(key, limit));
    }

    /** Return all rows, or those in a range of keys; at most `limit`. */
    all(name, range = undefined, limit = undefined) {
        return this._read(name, (store) => store.getAll(range, limit));
    }

    /** Return the keys of all rows. */
    keys(name) {
        return this._read(name, (store) => store.getAllKeys());
    }

    /** Return the rows whose keys come after one; at most `limit`. */
    after(name, key, limit) {
        return this.all(name, IDBKeyRange.lowerBound(key, true), limit);
    }

    /** Return a mark that is another one after any of the stores was changed. */
    stamp(names) {
        return names.map((name) => this.changes[name] ?? 0).join();
    }

    /** Another page changed something: what was read is old. */
    forget(names) {
        names.forEach((name) => (this.changes[name] = (this.changes[name] ?? 0) + 1));
    }

    /** Return how many rows there are, or how many of an index have a key. */
    count(name, index = undefined, key = undefined) {
        return this._read(name, (store) => (index ? store.index(index).count(key) : store.count()));
    }

    /**
     * Change several stores at once: all of it or nothing.
     *
     * @param {string[]} names
     * @param {(stores: Object<string, IDBObjectStore>) => any} work makes its requests at once
     * @param {boolean} [strict] answer only when the disk has it
     * @returns {Promise<any>} what `work` returned; a request stands for its result
     * @throws {StoreFull}
     */
    change(names, work, strict = false) {
        return new Promise((resolve, reject) => {
            const options = { durability: strict ? "strict" : "default" };
            const transaction = this.db.transaction(names, "readwrite", options);
            let made;
            transaction.oncomplete = () => {
                this.forget(names);
                resolve(made instanceof IDBRequest ? made.result : made);
            };
            transaction.onabort = () => reject(named(transaction.error) ?? new Error("aborted"));
            const stores = Object.fromEntries(
                names.map((name) => [name, transaction.objectStore(name)])
            );
            try {
                made = work(stores);
            } catch (error) {
                transaction.abort();
                reject(error);
            }
        });
    }

    close() {
        this.db.close();
    }

    async _read(name, ask) {
        return answered(ask(this._reader(name)));
    }

    /** What is asked in one go shares a transaction: making one costs as much as reading. */
    _reader(name) {
        if (!this.reading.has(name)) {
            this.reading.set(name, this.db.transaction(name).objectStore(name));
            queueMicrotask(() => this.reading.delete(name));
        }
        return this.reading.get(name);
    }
}
