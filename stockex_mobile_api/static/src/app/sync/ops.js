/** Operations: what the user did, until the server has answered for it. */

/** States of an operation on the device. */
export const WAITING = "waiting";
export const DONE = "done";
export const CONFLICT = "conflict";
export const REJECTED = "rejected";

export const MOST_OPS = 200;
/** Photos make batches heavy; a slow line must get through one batch within a minute. */
export const MOST_BYTES = 1_500_000;

/**
 * Make an operation as it is kept.
 *
 * @param {Object} body what the server gets (kind, session, line …)
 * @param {Object} facts
 * @param {string} facts.op its UUID
 * @param {Date} facts.at when it was done
 * @param {number} facts.user whose it is
 * @param {number} [facts.shown] the quantity in the product's unit, for the screen
 * @returns {Object} `seq` is given by the store
 */
export function operation(body, { op, at, user, shown = null }) {
    return { op, user, at: at.toISOString(), state: WAITING, body, shown, result: null };
}

/** Return an operation as it goes over the line. */
export function wire(kept) {
    return { ...kept.body, op: kept.op, seq: kept.seq, at: kept.at };
}

/** Return about how many bytes an operation is on the line. */
export function weight(kept) {
    return 300 + (kept.body.data?.length ?? 0);
}

/**
 * Choose what to send next: the oldest of a user, in their order.
 *
 * @param {Object[]} waiting in the order of `seq`
 * @param {number} user
 */
export function batchOf(waiting, user) {
    const batch = [];
    let bytes = 0;
    for (const kept of waiting) {
        if (kept.user !== user) {
            continue;
        }
        bytes += weight(kept);
        if (batch.length && (batch.length >= MOST_OPS || bytes > MOST_BYTES)) {
            break;
        }
        batch.push(kept);
    }
    return batch;
}

/** Name the goods that an operation counts: its line, or the goods and their place. */
export function goodsKey({ line, product, location, lot, lot_name, package: pack }) {
    const lotKey = lot ?? (lot_name ? `“${lot_name}` : "");
    return line ? `line ${line}` : [product, location, lotKey, pack ?? ""].join(" ");
}

/**
 * Name what a target is counted as: by its line, and by the goods in their place, as before
 * the server made a line of them.
 *
 * @param {Object} target
 * @returns {string[]}
 */
export function keysOf({ line, product, place, lot, lotName, package: pack }) {
    const keys = line ? [goodsKey({ line: line.id })] : [];
    if (product) {
        const [lot_name, location] = [lot ? null : lotName, place?.id];
        const goods = { product: product.id, location, lot: lot?.id, lot_name, package: pack?.id };
        keys.push(goodsKey(goods));
    }
    return keys;
}

/**
 * Return what a line shows to its counter: what the server has, and what is still on its way.
 *
 * @param {{mine: ?number}} line as the server gave it last
 * @param {Object[]} unsent operations on this line, in the order of `seq`
 * @returns {?number} null if the user counted nothing
 */
export function shownQuantity(line, unsent) {
    const undone = new Set(unsent.filter((one) => one.body.kind === "undo").map((o) => o.body.of));
    const waiting = new Set(unsent.map((kept) => kept.op));
    let quantity = line.mine ?? null;
    for (const kept of unsent) {
        if (kept.body.kind === "undo" && kept.takesBack != null && !waiting.has(kept.body.of)) {
            // What it takes back was sent already, and is in the server's figure.
            quantity = (quantity ?? 0) - kept.takesBack;
        }
        if (kept.body.kind !== "count" || undone.has(kept.op)) {
            continue;
        }
        quantity = kept.body.mode === "set" ? kept.shown : (quantity ?? 0) + kept.shown;
    }
    return quantity;
}

/**
 * Say what an answer does to the operations that were sent.
 *
 * @param {Object[]} sent
 * @param {Object[]} results the server's, one an operation
 * @returns {{ops: Object[], lines: Object[]}} operations as they are kept from now on (one
 *     without an answer waits on), and lines as the server has them
 */
export function settled(sent, results) {
    const byOp = new Map(results.map((result) => [result.op, result]));
    const states = { applied: DONE, duplicate: DONE, conflict: CONFLICT, rejected: REJECTED };
    const ops = [];
    const lines = new Map();
    for (const kept of sent) {
        const result = byOp.get(kept.op);
        const state = result && states[result.status];
        if (!state) {
            continue;
        }
        const body = { ...kept.body };
        if (state === DONE) {
            // A photo that arrived need not fill the device.
            delete body.data;
        }
        ops.push({ ...kept, body, state, result });
        if (result.line) {
            lines.set(result.line.id, result.line);
        }
    }
    return { ops, lines: [...lines.values()] };
}
