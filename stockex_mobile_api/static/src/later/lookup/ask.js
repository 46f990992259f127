/** Asks the server, and shows what the device knows while it does not answer. */

import { NoLine, Refused, SignedOut } from "../../app/sync/engine.js";

/** After this long nobody waits for figures any more. */
export const SLOW_MS = 3000;

/** Where an answer comes from, and why not from the server. */
export const ASKING = "asking";
export const SERVER = "server";
export const SLOW = "slow";
export const OFFLINE = "offline";
export const SIGNED_OUT = "signed_out";
export const REFUSED = "refused";
export const TROUBLE = "trouble";

/** What is said for a device whose store cannot be read. */
const NOTHING = { status: "unknown", card: null, matches: [], more: 0, blind: null, at: null };

/**
 * Look something up; `show` is called whenever more is known.
 *
 * @param {Object} parts
 * @param {?(() => Promise<Object>)} parts.ask the server; null if it need not be asked
 * @param {() => Promise<Object>} parts.here the device's own answer
 * @param {(ms: number) => Promise<void>} parts.wait
 * @param {(stage: string, answer: Object, error: ?Error) => void} parts.show
 */
export async function lookUp({ ask, here, wait, show }) {
    const own = here().catch(() => NOTHING);
    const asked = ask ? ask().then(answered, failed) : Promise.resolve({ stage: SERVER });
    const first = await Promise.race([asked, own.then(() => null)]);
    if (!first) {
        show(ASKING, await own, null);
    }
    const inTime = await Promise.race([asked, wait(SLOW_MS).then(() => null)]);
    if (!inTime) {
        show(SLOW, await own, null);
    }
    const { stage, answer, error } = await asked;
    show(stage, answer ?? (await own), error ?? null);
}

function answered(answer) {
    return { stage: SERVER, answer };
}

function failed(error) {
    const stages = [
        [SignedOut, SIGNED_OUT],
        [Refused, REFUSED],
        [NoLine, OFFLINE],
    ];
    const [, stage] = stages.find(([kind]) => error instanceof kind) ?? [null, TROUBLE];
    return { stage, error };
}
