/** Messages to this device: asking the browser for them, and telling the server. */

const SCOPE = "/stockex/scan";
const tended = new WeakSet();

/**
 * Say what messages to this device come to.
 *
 * @param {object} services
 * @returns {"absent"|"install"|"unsupported"|"denied"|"on"|"off"}
 */
export function stateOf({ window, settings, me }) {
    if (!me?.push_key) {
        return "absent";
    }
    if (!("PushManager" in window && "Notification" in window)) {
        return isApple(window.navigator) ? "install" : "unsupported";
    }
    if (window.Notification.permission === "denied") {
        return "denied";
    }
    const granted = window.Notification.permission === "granted";
    return granted && wanting(settings).includes(me.user.id) ? "on" : "off";
}

/**
 * Ask for permission and have messages come; only ever called by a tap.
 *
 * @returns {Promise<string>} what `stateOf` says then
 * @throws {Error} if browser or server cannot do it now
 */
export async function switchOn(services) {
    const { Notification } = services.window;
    if ((await Notification.requestPermission()) === "granted") {
        await subscribe(services);
        const others = wanting(services.settings).filter((id) => id !== services.me.user.id);
        await services.set("push", [...others, services.me.user.id]);
    }
    return stateOf(services);
}

/** Have no more messages come to this device; the server learns of it when it can. */
export async function switchOff(services) {
    const others = wanting(services.settings).filter((id) => id !== services.me.user.id);
    await services.set("push", others);
    await forget(services);
    await services.call("unsubscribe");
    return stateOf(services);
}

/**
 * Look after the messages of whoever is signed in, whenever the server has answered.
 *
 * The browser or the server may have ended them, or the server signs with another key;
 * and what one user asked for on a shared device is not for the next one's eyes.
 *
 * @param {object} services
 * @param {object} answer of `hello`
 */
export async function tend(services, answer) {
    try {
        if (!wanting(services.settings).includes(answer.user.id)) {
            await forget(services);
            return;
        }
        if (stateOf(services) === "on" && !(tended.has(services) && answer.push_on)) {
            await subscribe(services);
            tended.add(services);
        }
    } catch {
        // No line, no push service: the next hello tries again.
    }
}

async function subscribe(services) {
    const key = services.me.push_key;
    const manager = await managerOf(services);
    let subscription = await manager.getSubscription();
    if (subscription && keyText(subscription.options.applicationServerKey) !== key) {
        await subscription.unsubscribe();
        subscription = null;
    }
    subscription ??= await manager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: keyBytes(key),
    });
    await services.call("subscribe", { key, subscription: subscription.toJSON() });
}

async function forget(services) {
    const subscription = await (await managerOf(services))?.getSubscription();
    await subscription?.unsubscribe();
}

async function managerOf({ window }) {
    const registration = await window.navigator.serviceWorker?.getRegistration(SCOPE);
    return registration?.pushManager;
}

/** Users who asked for messages on this device. */
function wanting(settings) {
    return settings.push ?? [];
}

/** Safari has push only in an application on the home screen; an iPad says it is a Mac. */
function isApple(navigator) {
    const touched = /Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
    return touched || /iPhone|iPad|iPod/.test(navigator.userAgent);
}

/** Read a key in URL-safe base64. */
export function keyBytes(text) {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

/** Write a key in URL-safe base64. */
export function keyText(bytes) {
    const plain = btoa(String.fromCharCode(...new Uint8Array(bytes ?? [])));
    return plain.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
