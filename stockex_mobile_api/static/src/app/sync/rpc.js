/** Calls to the server, with what can go wrong told apart. */

import { NoLine, Refused, SignedOut } from "./engine.js";

export const ROOT = "/stockex/scan/sync/";
export const PROTOCOL = 1;
const SESSION_EXPIRED = 100;
const TIMEOUT_MS = 60_000;

/** The server could not do it: its own words, for the screen. */
export class ServerError extends Error {}

/**
 * Return a function that calls the server.
 *
 * @param {string} device the UUID of this device
 * @param {typeof fetch} ask
 */
export function caller(device, ask) {
    let number = 0;
    return async (name, params = {}) => {
        number += 1;
        const message = {
            jsonrpc: "2.0",
            method: "call",
            id: number,
            params: { device, protocol: PROTOCOL, ...params },
        };
        return result(await answer(ask, name, message));
    };
}

async function answer(ask, name, message) {
    try {
        const response = await ask(ROOT + name, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(message),
            credentials: "same-origin",
            cache: "no-store",
            redirect: "error",
            signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        if (!response.ok) {
            throw new NoLine(`HTTP ${response.status}`);
        }
        return await response.json();
    } catch (error) {
        // A hotel's sign-in page, a proxy's error page, no network: none of it is an answer.
        throw error instanceof NoLine ? error : new NoLine(error.message);
    }
}

function result(body) {
    if (body.error) {
        if (body.error.code === SESSION_EXPIRED) {
            throw new SignedOut();
        }
        throw new ServerError(body.error.data?.message || body.error.message);
    }
    if (!body.result || typeof body.result !== "object") {
        throw new NoLine("no answer");
    }
    if (body.result.refused) {
        throw new Refused(body.result.refused, body.result.message);
    }
    return body.result;
}
