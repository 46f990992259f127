import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../src/app/worker/push.js", import.meta.url), "utf8");
const ORIGIN = "https://erp.example.com";
const PAGE = "/stockex/scan";

/** A service worker that has loaded the script, and what it did. */
function worker(windows = []) {
    const heard = {};
    const shown = [];
    const opened = [];
    const self = {
        location: new URL(`${ORIGIN}${PAGE}/service-worker.js`),
        addEventListener: (name, listener) => (heard[name] = listener),
        registration: {
            showNotification(title, options) {
                shown.push({ title, ...options });
                return Promise.resolve();
            },
        },
        clients: {
            matchAll: () => Promise.resolve(windows),
            openWindow(url) {
                opened.push(url);
                return Promise.resolve();
            },
        },
    };
    const BUILD = { page: PAGE, icon: "/icon.png" };
    vm.runInNewContext(SOURCE, { self, BUILD, URL, btoa, Uint8Array, Promise, console });
    const fire = async (name, event) => {
        const waited = [];
        heard[name]({ ...event, waitUntil: (work) => waited.push(work) });
        assert.equal(waited.length, 1);
        await waited[0];
    };
    return {
        shown,
        opened,
        push: (data) => fire("push", { data }),
        async click(url) {
            let closed = false;
            const notification = { data: { url }, close: () => (closed = true) };
            await fire("notificationclick", { notification });
            assert.ok(closed);
        },
    };
}

function page(url, { navigates = true } = {}) {
    const seen = { url, focused: 0, went: [] };
    seen.focus = () => Promise.resolve((seen.focused += 1));
    seen.navigate = (to) => {
        seen.went.push(to);
        return navigates ? Promise.resolve() : Promise.reject(new TypeError("not controlled"));
    };
    return seen;
}

const message = (told) => ({ json: () => told });

test("a message is shown as the server wrote it", async () => {
    const { push, shown } = worker();

    await push(
        message({ title: "Count again: A", text: "3 lines", url: "#x", tag: "t", urgent: true })
    );

    assert.deepEqual(
        { ...shown[0], data: { ...shown[0].data } },
        {
            title: "Count again: A",
            body: "3 lines",
            tag: "t",
            renotify: true,
            requireInteraction: true,
            icon: "/icon.png",
            badge: "/icon.png",
            data: { url: "#x" },
        }
    );
});

test("whatever comes, something is shown", async () => {
    const broken = {
        json() {
            throw new SyntaxError("no JSON");
        },
    };
    for (const data of [null, undefined, broken, message(null), message(7), message({})]) {
        const { push, shown } = worker();
        await push(data);
        assert.equal(shown.length, 1);
        assert.equal(shown[0].title, "Stockex");
        assert.equal(shown[0].data.url, PAGE);
    }
});

test("a link of the application opens it where none is open", async () => {
    const { click, opened } = worker([page(`${ORIGIN}/odoo`)]);

    await click(`${PAGE}#count/7`);

    assert.deepEqual(opened, [`${ORIGIN}${PAGE}#count/7`]);
});

test("a link of the application brings the open one forward", async () => {
    const own = page(`${ORIGIN}${PAGE}#tasks`);
    const { click, opened } = worker([page(`${ORIGIN}/odoo`), own]);

    await click(`${PAGE}#count/7`);

    assert.deepEqual([own.focused, own.went, opened], [1, [`${ORIGIN}${PAGE}#count/7`], []]);
});

test("a page that is not the worker's is left alone, and another opened", async () => {
    const { click, opened } = worker([page(`${ORIGIN}${PAGE}`, { navigates: false })]);

    await click(`${PAGE}#queue`);

    assert.deepEqual(opened, [`${ORIGIN}${PAGE}#queue`]);
});

test("a link to the office opens a window of its own", async () => {
    const own = page(`${ORIGIN}${PAGE}`);
    const { click, opened } = worker([own]);

    await click("https://office.example.com/mail/view?model=x&res_id=1");
    await click("/mail/view?model=x&res_id=1");
    await click("/stockex/scanner");

    assert.deepEqual(opened, [
        "https://office.example.com/mail/view?model=x&res_id=1",
        `${ORIGIN}/mail/view?model=x&res_id=1`,
        `${ORIGIN}/stockex/scanner`,
    ]);
    assert.equal(own.went.length, 0);
});

test("what is no address opens the application", async () => {
    for (const url of ["javascript:alert(1)", "http://[", undefined, ""]) {
        const { click, opened } = worker();
        await click(url);
        assert.equal(new URL(opened[0]).origin, ORIGIN);
        assert.match(opened[0], /^https:/);
    }
});
