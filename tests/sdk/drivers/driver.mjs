/** Make the calls of standard input with the JavaScript client; print what came of each. */

import { readFileSync } from "node:fs";
import {
    ApiError,
    Client,
    NetworkError,
} from "../../../stockex_mobile_api/sdk/javascript/src/index.js";

const camel = (name) => name.replace(/_([a-z])/g, (_all, letter) => letter.toUpperCase());
const camelKeys = (values) =>
    Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [camel(name), value]));

/** Write an answer as all clients' answers are compared. */
async function shown(value) {
    if (value?.[Symbol.asyncIterator]) {
        const found = [];
        for await (const one of value) {
            found.push(one);
        }
        return found;
    }
    const answer = await value;
    return answer instanceof Uint8Array ? Buffer.from(answer).toString("base64") : (answer ?? null);
}

async function run(client, call) {
    const values = [...(call.places ?? [])];
    if (call.data) {
        values.push(new Uint8Array(Buffer.from(call.data, "base64")), call.media_type);
    }
    if (call.body) {
        values.push(call.body);
    }
    if (call.query) {
        values.push(call.query);
    }
    if (call.options?.etag) {
        values.push(call.options.etag);
    }
    try {
        const answer = client[camel(call.name)](...values, camelKeys(call.options));
        return { value: await shown(answer) };
    } catch (error) {
        if (error instanceof ApiError) {
            const { status, code, title, detail, errors } = error;
            const said = { status, code, title, detail, errors };
            said.request_id = error.requestId;
            said.retry_after_s = error.retryAfterS;
            return { error: said, text: error.message };
        }
        if (error instanceof NetworkError) {
            return { network: error.message };
        }
        throw error;
    }
}

const [url, key, settings] = process.argv.slice(2);
const given = camelKeys(JSON.parse(settings));
const client = new Client(url, key, given);
const results = [];
for (const call of JSON.parse(readFileSync(0, "utf-8"))) {
    const started = performance.now();
    const result = await run(client, call);
    results.push({ ...result, seconds: (performance.now() - started) / 1000 });
}
console.log(JSON.stringify(results));
