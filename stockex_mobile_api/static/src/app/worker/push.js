// Messages of the server: shown by the service worker, also while no page is open.
/* global BUILD */

const STORE = "stockex-scan";

self.addEventListener("push", (event) => {
    event.waitUntil(showMessage(event.data));
});

self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(openLink(event.notification.data?.url));
});

self.addEventListener("pushsubscriptionchange", (event) => {
    event.waitUntil(subscribeAgain(event));
});

/** Browsers take the permission away from who is woken and shows nothing. */
function showMessage(data) {
    const told = readMessage(data);
    return self.registration.showNotification(told.title || "Stockex", {
        body: told.text || "",
        tag: told.tag || "stockex",
        renotify: true,
        requireInteraction: Boolean(told.urgent),
        icon: BUILD.icon,
        badge: BUILD.icon,
        data: { url: told.url || BUILD.page },
    });
}

function readMessage(data) {
    try {
        const told = data?.json();
        return told && typeof told === "object" ? told : {};
    } catch {
        return {};
    }
}

/** Show the application at its own links, and anything else in a window of its own. */
async function openLink(link) {
    const url = addressOf(link);
    if (url.origin !== self.location.origin || !isOwn(url.pathname)) {
        return self.clients.openWindow(url.href);
    }
    const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const open = windows.find((one) => isOwn(new URL(one.url).pathname));
    if (!open) {
        return self.clients.openWindow(url.href);
    }
    await open.focus();
    try {
        return await open.navigate(url.href);
    } catch {
        // The page is not this worker's: it was opened before there was one.
        return self.clients.openWindow(url.href);
    }
}

function isOwn(path) {
    return path === BUILD.page || path.startsWith(`${BUILD.page}/`);
}

function addressOf(link) {
    try {
        const url = new URL(link, self.location.origin);
        return /^https?:$/.test(url.protocol) ? url : addressOf(BUILD.page);
    } catch {
        return addressOf(BUILD.page);
    }
}

/** The browser has changed how it is reached. What fails here, the next start mends. */
async function subscribeAgain(event) {
    const key = event.oldSubscription?.options.applicationServerKey;
    const { pushManager } = self.registration;
    const options = { userVisibleOnly: true, applicationServerKey: key };
    const subscription =
        event.newSubscription ?? (key ? await pushManager.subscribe(options) : null);
    const device = await readDevice();
    if (!subscription || !device) {
        return;
    }
    const params = {
        device,
        protocol: 1,
        key: writeKey(subscription.options.applicationServerKey),
        subscription: subscription.toJSON(),
    };
    await fetch(`${BUILD.page}/sync/subscribe`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", method: "call", id: 1, params }),
        credentials: "same-origin",
    });
}

function writeKey(bytes) {
    const plain = btoa(String.fromCharCode(...new Uint8Array(bytes ?? [])));
    return plain.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Return the UUID that the server knows the present user's handheld by. */
function readDevice() {
    return new Promise((resolve, reject) => {
        const opening = indexedDB.open(STORE);
        opening.onerror = () => reject(opening.error);
        // A store that is not there yet is the application's to make.
        opening.onupgradeneeded = () => opening.transaction.abort();
        opening.onsuccess = () => {
            const reading = opening.result.transaction("meta").objectStore("meta").get("devices");
            reading.onerror = () => reject(reading.error);
            reading.onsuccess = () => {
                opening.result.close();
                resolve(reading.result?.value?.[0]);
            };
        };
    });
}
