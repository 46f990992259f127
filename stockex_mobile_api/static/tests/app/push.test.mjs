import assert from "node:assert/strict";
import test from "node:test";

import {
    keyBytes,
    keyText,
    stateOf,
    switchOff,
    switchOn,
    tend,
} from "../../src/later/push/subscribing.js";

const KEY =
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)";
const IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";

/** A browser with a push manager, and an application in it. */
function desk({ permission = "default", answer = "granted", push, server = true, key = KEY } = {}) {
    const calls = [];
    const made = [];
    const manager = {
        current: null,
        getSubscription: () => Promise.resolve(manager.current),
        subscribe(options) {
            const number = made.length + 1;
            const subscription = {
                options: { applicationServerKey: options.applicationServerKey.buffer },
                userVisibleOnly: options.userVisibleOnly,
                toJSON: () => ({ endpoint: `https://push.example.net/${number}`, keys: {} }),
                unsubscribe() {
                    manager.current = null;
                    return Promise.resolve(true);
                },
            };
            made.push(subscription);
            manager.current = subscription;
            return Promise.resolve(subscription);
        },
    };
    const Notification = {
        permission,
        asked: 0,
        requestPermission() {
            Notification.asked += 1;
            Notification.permission = answer;
            return Promise.resolve(answer);
        },
    };
    const registration = { pushManager: manager };
    const services = {
        window: {
            PushManager: Object,
            Notification,
            navigator: {
                userAgent: "Android",
                serviceWorker: { getRegistration: () => Promise.resolve(registration) },
            },
        },
        settings: { push },
        me: { user: { id: 7 }, push_key: key },
        call(name, params) {
            calls.push([name, params]);
            return server ? Promise.resolve({}) : Promise.reject(new Error("no line"));
        },
        set(name, value) {
            services.settings = { ...services.settings, [name]: value };
            return Promise.resolve();
        },
    };
    return { services, manager, made, calls, Notification };
}

test("a key is the same after reading and writing it", () => {
    assert.equal(keyBytes(KEY).length, 65);
    assert.equal(keyBytes(KEY)[0], 4);
    assert.equal(keyText(keyBytes(KEY)), KEY);
    assert.equal(keyText(keyBytes(KEY).buffer), KEY);
    assert.equal(keyText(null), "");
});

test("the switch says why it cannot be switched", () => {
    const bare = (userAgent, maxTouchPoints = 0) => ({ navigator: { userAgent, maxTouchPoints } });
    const me = { user: { id: 7 }, push_key: KEY };
    const state = (window, more = {}) => stateOf({ window, settings: {}, me, ...more });

    assert.equal(state(bare("Android")), "unsupported");
    assert.equal(state(bare(IPHONE)), "install");
    assert.equal(state(bare(IPAD, 5)), "install");
    assert.equal(state(bare(IPAD)), "unsupported");
    assert.equal(state(bare(IPHONE), { me: null }), "absent");
    assert.equal(stateOf(desk({ key: null }).services), "absent");
    assert.equal(stateOf(desk({ permission: "denied", push: [7] }).services), "denied");
    assert.equal(stateOf(desk({ permission: "granted", push: [8] }).services), "off");
    assert.equal(stateOf(desk({ permission: "default", push: [7] }).services), "off");
    assert.equal(stateOf(desk({ permission: "granted", push: [7] }).services), "on");
});

test("switching on asks, subscribes with the server's key and tells the server", async () => {
    const { services, made, calls, Notification } = desk({ push: [8] });

    assert.equal(await switchOn(services), "on");

    assert.equal(Notification.asked, 1);
    assert.equal(made.length, 1);
    assert.equal(made[0].userVisibleOnly, true);
    assert.equal(keyText(made[0].options.applicationServerKey), KEY);
    assert.deepEqual(calls, [
        [
            "subscribe",
            { key: KEY, subscription: { endpoint: "https://push.example.net/1", keys: {} } },
        ],
    ]);
    assert.deepEqual(services.settings.push, [8, 7]);
});

test("a refusal is kept and nothing is subscribed", async () => {
    const { services, made, calls } = desk({ answer: "denied" });

    assert.equal(await switchOn(services), "denied");

    assert.deepEqual([made.length, calls.length, services.settings.push], [0, 0, undefined]);
});

test("without a line the switch stays off", async () => {
    const { services } = desk({ server: false });

    await assert.rejects(switchOn(services), /no line/);

    assert.equal(stateOf(services), "off");
});

test("switching off ends it in the browser even without a line", async () => {
    const { services, manager } = desk({ permission: "granted", push: [7, 8] });
    await tend(services, { user: { id: 7 }, push_on: false });
    assert.ok(manager.current);
    services.call = () => Promise.reject(new Error("no line"));

    await assert.rejects(switchOff(services), /no line/);

    assert.equal(manager.current, null);
    assert.deepEqual(services.settings.push, [8]);
});

test("each start renews it once, and again when the server knows of none", async () => {
    const { services, calls, made } = desk({ permission: "granted", push: [7] });

    await tend(services, { user: { id: 7 }, push_on: true });
    await tend(services, { user: { id: 7 }, push_on: true });
    assert.equal(calls.length, 1);
    await tend(services, { user: { id: 7 }, push_on: false });

    assert.equal(calls.length, 2);
    assert.equal(made.length, 1);
});

test("another key of the server replaces the subscription", async () => {
    const { services, made, manager } = desk({ permission: "granted", push: [7] });
    await tend(services, { user: { id: 7 }, push_on: true });
    services.me.push_key = `${KEY.slice(0, -2)}Q8`;

    await tend(services, { user: { id: 7 }, push_on: false });

    assert.equal(made.length, 2);
    assert.equal(keyText(manager.current.options.applicationServerKey), services.me.push_key);
});

test("what one user asked for is not for the next one on the device", async () => {
    const { services, manager, calls } = desk({ permission: "granted", push: [7] });
    await tend(services, { user: { id: 7 }, push_on: true });
    services.me = { user: { id: 9 }, push_key: KEY };

    await tend(services, { user: { id: 9 }, push_on: false });

    assert.equal(manager.current, null);
    assert.equal(calls.length, 1);
    assert.deepEqual(services.settings.push, [7]);
    assert.equal(stateOf(services), "off");
});

test("a failure is tried again at the next hello", async () => {
    const { services, calls } = desk({ permission: "granted", push: [7], server: false });

    await tend(services, { user: { id: 7 }, push_on: true });
    await tend(services, { user: { id: 7 }, push_on: true });

    assert.equal(calls.length, 2);
});
