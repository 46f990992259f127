/**
 * Gathers what changed and hands it on at most once in an interval. No DOM, no Owl.
 */
export const INTERVAL_MS = 1000;
// Long enough for the entries of one moment to come together.
export const FIRST_MS = 100;

export class LiveQueue {
    /**
     * @param {(ids: number[], all: boolean) => Promise<number[]>} flush returns the ids
     *   that it could not deal with yet; fails only for want of a connection
     */
    constructor(flush, { intervalMs = INTERVAL_MS, firstMs = FIRST_MS } = {}) {
        this.flush = flush;
        this.intervalMs = intervalMs;
        this.firstMs = firstMs;
        this.ids = new Set();
        this.all = false;
        this.timer = null;
        this.lastAt = -Infinity;
        this.isStopped = false;
    }

    add(ids, all = false) {
        ids.forEach((id) => this.ids.add(id));
        this.all = this.all || all;
        this.plan();
    }

    stop() {
        this.isStopped = true;
        clearTimeout(this.timer);
    }

    plan() {
        if (this.timer || this.isStopped) {
            return;
        }
        const wait = Math.max(this.firstMs, this.lastAt + this.intervalMs - Date.now());
        this.timer = setTimeout(() => this.run(), wait);
    }

    async run() {
        const ids = [...this.ids];
        const all = this.all;
        this.ids.clear();
        this.all = false;
        this.lastAt = Date.now();
        try {
            const left = await this.flush(ids, all);
            left.forEach((id) => this.ids.add(id));
        } catch {
            // No connection: the same again later.
            ids.forEach((id) => this.ids.add(id));
            this.all = this.all || all;
        }
        this.timer = null;
        if (this.ids.size || this.all) {
            this.plan();
        }
    }
}
