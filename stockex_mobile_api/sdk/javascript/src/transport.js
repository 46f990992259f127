/** Sends requests: the key, repetition, errors, pages. */

import { ApiError, NetworkError } from "./errors.js";
import { ROOT } from "./version.js";

// Nothing was done; the same request may come again.
const NOT_NOW = [429, 503];
// A proxy lost the answer; whether it was done is known to the Idempotency-Key only.
const LOST = [502, 504];
const JSON_TYPE = "application/json";
// The largest page there is: few requests.
const PAGE_LIMIT = 200;

export class Transport {
    #url;
    #key;
    #settings;

    constructor(url, key, options = {}) {
        this.#url = url.replace(/\/+$/, "").replace(ROOT, "") + ROOT;
        this.#key = key;
        this.#settings = {
            timeoutS: 60,
            maxRetries: 5,
            maxWaitS: 120,
            fetch: globalThis.fetch.bind(globalThis),
            ...options,
        };
    }

    // --- What operations call ---

    async _read(path, query, options = {}) {
        return readJson(await this.#send("GET", path, { query, ...options }));
    }

    async _readVersion(path, etag, options = {}) {
        const headers = { "If-None-Match": etag };
        const answer = await this.#send("GET", path, { headers, ...options });
        const record = answer.status === 304 ? null : readJson(answer);
        return { record, etag: answer.headers.get("ETag") ?? etag ?? "" };
    }

    async *_pages(path, query, options = {}) {
        let cursor = null;
        do {
            // Each page says where the next one begins.
            // eslint-disable-next-line no-await-in-loop
            const page = await this._read(path, { limit: PAGE_LIMIT, ...query, cursor }, options);
            yield* page.data;
            cursor = page.next_cursor;
        } while (cursor !== null);
    }

    async _download(path, query, options = {}) {
        return (await this.#send("GET", path, { query, ...options })).bytes;
    }

    async _change(method, path, { body, mediaType = JSON_TYPE, query, options = {} }) {
        const { idempotencyKey, ifMatch, signal } = options;
        const headers = { "If-Match": ifMatch };
        if (method === "POST") {
            headers["Idempotency-Key"] = idempotencyKey ?? uuid4();
        }
        if (body !== undefined) {
            headers["Content-Type"] = mediaType;
        }
        const data = mediaType === JSON_TYPE ? JSON.stringify(body) : body;
        const answer = await this.#send(method, path, { query, body: data, headers, signal });
        return answer.bytes.length ? readJson(answer) : undefined;
    }

    // --- Sending ---

    /** Send a request until it is answered, or must not be sent again. */
    async #send(method, path, { query, body, headers = {}, signal }) {
        const url = this.#url + path + queryString(query);
        const request = { method, body, headers: this.#headers(headers), redirect: "manual" };
        // A change without an Idempotency-Key could happen twice.
        const repeatable = method === "GET" || method === "POST";
        const { maxRetries, maxWaitS } = this.#settings;
        for (let attempt = 0; ; attempt++) {
            const last = attempt >= maxRetries;
            let waitS = backoffS(attempt);
            try {
                // Each attempt waits for the one before.
                // eslint-disable-next-line no-await-in-loop
                return await this.#sendOnce(url, request, signal);
            } catch (error) {
                signal?.throwIfAborted();
                if (error instanceof ApiError) {
                    waitS = error.retryAfterS ?? waitS;
                    const again = repeatable ? [...NOT_NOW, ...LOST] : NOT_NOW;
                    if (last || !again.includes(error.status) || waitS > maxWaitS) {
                        throw error;
                    }
                } else if (last || !repeatable) {
                    const reason = error.cause?.message ?? error.message;
                    throw new NetworkError(`${method} ${path}: ${reason}`, { cause: error });
                }
            }
            // eslint-disable-next-line no-await-in-loop
            await pause(waitS, signal);
        }
    }

    async #sendOnce(url, request, signal) {
        const timeout = AbortSignal.timeout(this.#settings.timeoutS * 1000);
        const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
        const response = await this.#settings.fetch(url, { ...request, signal: either });
        const bytes = new Uint8Array(await response.arrayBuffer());
        if (!response.ok && response.status !== 304) {
            throw new ApiError(response, new TextDecoder().decode(bytes));
        }
        return { status: response.status, headers: response.headers, bytes, url };
    }

    #headers(given) {
        const headers = { Authorization: `Bearer ${this.#key}` };
        for (const [name, value] of Object.entries(given)) {
            if (value != null) {
                headers[name] = value;
            }
        }
        return headers;
    }
}

/** Write a query; the items of a list are separated by commas. */
function queryString(query) {
    const parts = new URLSearchParams();
    for (const [name, value] of Object.entries(query ?? {})) {
        if (value != null) {
            parts.set(name, String(value));
        }
    }
    return parts.size ? `?${parts}` : "";
}

function readJson({ bytes, url, status }) {
    try {
        return JSON.parse(new TextDecoder().decode(bytes));
    } catch (error) {
        throw new NetworkError(`${url} answered ${status} without JSON`, { cause: error });
    }
}

/** Wait longer each time, and not with everybody else. */
function backoffS(attempt) {
    const longest = Math.min(30, 0.5 * 2 ** attempt);
    return longest * (0.5 + randomBytes(1)[0] / 512);
}

function pause(seconds, signal) {
    return new Promise((resolve, reject) => {
        const stop = () => {
            clearTimeout(timer);
            reject(signal.reason);
        };
        const timer = setTimeout(() => {
            signal?.removeEventListener("abort", stop);
            resolve();
        }, seconds * 1000);
        signal?.addEventListener("abort", stop, { once: true });
    });
}

function randomBytes(count) {
    return globalThis.crypto.getRandomValues(new Uint8Array(count));
}

/** Make a UUID; `crypto.randomUUID` is missing on pages without TLS. */
export function uuid4() {
    const bytes = randomBytes(16);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
