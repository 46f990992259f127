/** What waits, by the goods that it counts: a list of places asks for each of them. */

import { goodsKey, keysOf } from "./ops.js";

export class ByGoods {
    /** @param {Object[]} unsent operations in the order of `seq` */
    constructor(unsent) {
        this.lists = new Map();
        this.keys = new Map();
        unsent.forEach((kept) => this.add(kept));
    }

    /** Note an operation that is newer than those before it. */
    add(kept) {
        const { kind, of } = kept.body;
        if (kind === "count") {
            this.keys.set(kept.op, goodsKey(kept.body));
            this._note(this.keys.get(kept.op), kept);
        } else if (kind === "undo") {
            const own = kept.target && goodsKey(kept.target);
            new Set([own, this.keys.get(of)]).forEach((key) => key && this._note(key, kept));
        }
    }

    /** Return the operations on a target, in the order of `seq`. */
    of(target) {
        const found = new Set(keysOf(target).flatMap((key) => this.lists.get(key) ?? []));
        return [...found].sort((one, other) => one.seq - other.seq);
    }

    _note(key, kept) {
        const list = this.lists.get(key);
        if (list) {
            list.push(kept);
        } else {
            this.lists.set(key, [kept]);
        }
    }
}
