/* global BUILD */
// BUILD stands above this text, written by the server: { version, page, files, terms }.

importScripts(...BUILD.scripts);

const CACHE = `stockex-scan-${BUILD.version}`;
const PATIENCE_MS = 3000;
/** Tells the application's page from any other that is sent under its address. */
const OURS = "X-Stockex-Scan";

self.addEventListener("install", (event) => {
    event.waitUntil(keepAll());
});

self.addEventListener("activate", (event) => {
    event.waitUntil(takeOver());
});

self.addEventListener("message", (event) => {
    // The user said that the new version may start.
    if (event.data === "start") {
        self.skipWaiting();
    }
});

self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== self.location.origin) {
        return;
    }
    if (request.mode === "navigate") {
        event.respondWith(page(request));
    } else if (BUILD.files.includes(url.pathname + url.search)) {
        event.respondWith(kept(request));
    }
});

async function keepAll() {
    const cache = await caches.open(CACHE);
    // The browser's own copy of a file may be of the version before.
    const fresh = (url) => new Request(url, { cache: "reload" });
    await cache.addAll([BUILD.page, ...BUILD.files].map(fresh));
}

async function takeOver() {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("stockex-scan-") && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
}

async function kept(request) {
    const cache = await caches.open(CACHE);
    return (await cache.match(request)) ?? fetch(request);
}

/** The page comes from the server if that answers soon: its worker may be a newer one. */
async function page(request) {
    const cache = await caches.open(CACHE);
    const own = await cache.match(BUILD.page);
    if (!own) {
        return fetch(request);
    }
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
    const fresh = fetch(request).catch(() => null);
    const answer = await Promise.race([fresh, late]);
    // A network that asks to sign in first answers with a page of its own.
    return answer?.ok && answer.headers.has(OURS) ? answer : own.clone();
}
