/** The handheld's store: IndexedDB with promises, and errors that say what to do. */

import { NAME, STEPS, upgrade } from "./schema.js";

/** The device has no room left; nothing of the change was kept. */
export class StoreFull extends Error {}

/** The store cannot be used: private browsing, damage, or a newer version of the application. */
export class StoreUnusable extends Error {}

function named(error) {
    return error?.name === "QuotaExceededError" ? new StoreFull(error.message) : error;
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
            const request = factory.open(NAME, STEPS.length);
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

    /** Return the rows of an index that have a key; at most `limit`. */
    find(name, index, key, limit = undefined) {
        return this._read(name, (store) => store.index(index).getAll(key, limit));
    }

    /** Return all rows, or those in a range of keys; at most `limit`. */
    all(name, range = undefined, limit = undefined) {
        return this._read(name, (store) => store.getAll(range, limit));
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
            transaction.oncomplete = () => resolve(made instanceof IDBRequest ? made.result : made);
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
        return answered(ask(this.db.transaction(name).objectStore(name)));
    }
}
