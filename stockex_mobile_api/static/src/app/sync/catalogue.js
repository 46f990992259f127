/** Fetches what is counted, and all that can be scanned: in slices, only what changed. */

import { isLocal } from "../count/sessions.js";
import { SLICES } from "../store/schema.js";

const PAGE = 2000;
/** Lists of a product that a new catalogue replaces while an older application reads them. */
const PREPARE = {
    products: (row) => ({
        ...row,
        codes: [...row.barcodes, ...row.packs.map((p) => p.barcode).filter(Boolean)],
    }),
};

export class Catalogue {
    /**
     * @param {import("../store/db").Store} store
     * @param {(name: string, params: Object) => Promise<Object>} call
     * @param {(progress: ?{slice: string, done: number, total: number}) => void} tell null: idle
     */
    constructor(store, call, tell) {
        Object.assign(this, { store, call, tell });
        this.running = null;
    }

    /** Bring every slice up to date; a second call waits for the first. */
    refresh() {
        this.running ??= this._refresh().finally(() => {
            this.running = null;
            this.tell(null);
        });
        return this.running;
    }

    /** Bring every slice up to date as it is now, whatever an earlier call has read. */
    async again() {
        await this.running?.catch(() => {});
        return this.refresh();
    }

    async _refresh() {
        for (const slice of SLICES) {
            // One after the other: lines are shown with locations that are there already.
            // eslint-disable-next-line no-await-in-loop
            await this._slice(slice);
        }
    }

    async _slice(slice) {
        const key = `version:${slice}`;
        const known = await this.store.get("meta", key);
        const begun = slice === "sessions" ? await this._local() : [];
        const ended = await this._pages(slice, known?.version);
        const held = (await this.store.count(slice)) - begun.length;
        if (held !== ended.total && known) {
            // Something was lost on the way, whatever it was: fetch the slice as a whole.
            await this._pages(slice, undefined);
        }
        await this._forgetEnded(begun);
        await this.store.change(["meta"], ({ meta }) => {
            meta.put({ key, version: ended.version });
        });
    }

    async _pages(slice, since) {
        const seen = since === undefined ? new Set() : null;
        let [after, done] = [null, 0];
        let page;
        do {
            const params = { slice, since: since ?? null, after, limit: PAGE };
            // eslint-disable-next-line no-await-in-loop
            page = await this.call("catalogue", params);
            // eslint-disable-next-line no-await-in-loop
            await this._keep(slice, page);
            page.rows.forEach((row) => seen?.add(row.id));
            done += page.rows.length;
            this.tell({ slice, done, total: page.total });
            after = page.next;
        } while (after);
        if (seen) {
            await this._drop(slice, seen);
        }
        return page;
    }

    _keep(slice, { rows, gone }) {
        const prepare = PREPARE[slice] ?? ((row) => row);
        return this.store.change([slice], (stores) => {
            rows.forEach((row) => stores[slice].put(prepare(row)));
            (gone ?? []).forEach((id) => stores[slice].delete(id));
        });
    }

    async _drop(slice, seen) {
        const held = await this.store.keys(slice);
        const left = held.filter((id) => !seen.has(id) && !isLocal({ id }));
        if (left.length) {
            await this.store.change([slice], (stores) => {
                left.forEach((id) => stores[slice].delete(id));
            });
        }
    }

    /** Return the counts that were begun here. */
    async _local() {
        return (await this.store.all("sessions")).filter(isLocal);
    }

    /** Forget counts begun here that the server had before and has no more. */
    async _forgetEnded(begun) {
        const numbered = begun.filter((row) => row.server);
        const found = await Promise.all(
            numbered.map((row) => this.store.get("sessions", row.server))
        );
        const ended = numbered.filter((_row, index) => !found[index]);
        if (ended.length) {
            await this.store.change(["sessions"], ({ sessions }) => {
                ended.forEach((row) => sessions.delete(row.id));
            });
        }
    }
}
