/** Puts the parts of the application together: one instance for every screen. */

import { Feedback } from "./scan/feedback.js";
import { ScanHub } from "./scan/hub.js";
import { listenToWedge } from "./scan/wedge_dom.js";
import { Store } from "./store/db.js";
import { Catalogue } from "./sync/catalogue.js";
import { Engine, NoLine, OFFLINE, ONLINE, SIGNED_OUT, SignedOut, Refused } from "./sync/engine.js";
import { Queue } from "./sync/queue.js";
import { PROTOCOL, caller } from "./sync/rpc.js";
import { LANGUAGES, speak } from "./ui/i18n.js";
import { applyTheme } from "./ui/theme.js";
import { Voice } from "./voice/voice.js";

const HELLO_EVERY_S = 60;

export class Services {
    /** @param {Window} window */
    constructor(window) {
        this.window = window;
        this.listeners = new Set();
        this.me = null;
        this.progress = null;
        this.update = null;
    }

    /** Open the store and show what is there; the server is asked afterwards. */
    async start() {
        const { window } = this;
        this.store = await Store.open(window.indexedDB);
        this.device = await this._device();
        this.me = (await this.store.get("meta", "me"))?.value ?? null;
        this.settings = (await this.store.get("meta", "settings"))?.value ?? {};
        applyTheme(window.document, this.settings);
        await this.speak();
        this.call = caller(this.device, window.fetch.bind(window));
        const channel = new window.BroadcastChannel("stockex-scan");
        this.queue = new Queue(this.store, {
            uuid: () => window.crypto.randomUUID(),
            now: () => new Date(),
            channel,
        });
        channel.onmessage = () => this.queue.load();
        this.engine = new Engine({
            queue: this.queue,
            call: this.call,
            locks: window.navigator.locks,
            now: () => new Date(),
            later: (work, seconds) => window.setTimeout(work, seconds * 1000),
            cancel: (timer) => window.clearTimeout(timer),
        });
        this.engine.user = this.me?.user.id ?? null;
        this._openSenses(window);
        this.catalogue = new Catalogue(this.store, this.call, (progress) => {
            this.progress = progress;
            this.changed();
        });
        await this.queue.load();
        this.queue.on(() => this.changed());
        this.engine.on(() => this.changed());
        window.addEventListener("online", () => this.hello());
        window.setInterval(() => this.hello(), HELLO_EVERY_S * 1000);
        // A device that is short of room may not throw the queue away.
        await window.navigator.storage?.persist?.();
    }

    /** What the device hears and says: scanner, voice, tones. */
    _openSenses(window) {
        this.scan = new ScanHub();
        listenToWedge(window.document, (text) => this.scan.emit({ text, source: "wedge" }));
        this.feedback = new Feedback({
            sound: this.settings.sound ?? true,
            vibration: this.settings.vibration ?? true,
        });
        // Browsers allow sound after the first tap or key.
        for (const name of ["pointerdown", "keydown"]) {
            window.document.addEventListener(name, () => this.feedback.unlock(), { once: true });
        }
        this.voice = new Voice(() => this.changed());
    }

    /** Call `listener` whenever something that screens show has changed. */
    on(listener) {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    }

    changed() {
        this.listeners.forEach((listener) => listener());
    }

    /** Tell the server that we are there; learn who is signed in; send and fetch. */
    async hello() {
        try {
            const answer = await this.call("hello", await this._facts());
            this.offset = Date.parse(answer.server_time) - Date.now();
            await this._become(answer);
            await this.engine.wake();
            await this.catalogue.refresh();
        } catch (error) {
            this.notReached(error);
        }
        this.changed();
    }

    /** Show why the server was not reached; nothing of the user's work depends on it. */
    notReached(error) {
        if (error instanceof SignedOut) {
            this.engine._become(SIGNED_OUT);
        } else if (error instanceof Refused) {
            this.engine._become(error.code, error.message);
        } else if (error instanceof NoLine) {
            this.engine._become(OFFLINE, error.message);
        } else {
            this.engine._become("trouble", error.message);
        }
    }

    /** Do something: kept at once, sent as soon as there is a line. */
    async act(body, facts = {}) {
        const kept = await this.queue.add(this.me.user.id, body, facts);
        this.engine.wake();
        return kept;
    }

    /** How many operations were not sent yet, of anybody who used this device. */
    get unsent() {
        return this.queue.unsent.length;
    }

    /** Keep a choice of the user on this device. */
    async set(name, value) {
        this.settings = { ...this.settings, [name]: value };
        await this.store.change(["meta"], ({ meta }) => {
            meta.put({ key: "settings", value: this.settings });
        });
        applyTheme(this.window.document, this.settings);
        await this.speak();
        this.changed();
    }

    async speak() {
        const { navigator, document } = this.window;
        const wanted = this.settings.language ?? this.me?.user.lang ?? navigator.language;
        const spoken = await speak(
            LANGUAGES.find((one) => one.slice(0, 2) === wanted?.slice(0, 2)),
            this.window.fetch.bind(this.window)
        );
        document.documentElement.lang = spoken.slice(0, 2);
        this.voice?.speak(spoken.slice(0, 2));
    }

    async _device() {
        const known = await this.store.get("meta", "device");
        if (known) {
            return known.value;
        }
        const value = this.window.crypto.randomUUID();
        await this.store.change(["meta"], ({ meta }) => meta.put({ key: "device", value }), true);
        return value;
    }

    async _facts() {
        const { navigator } = this.window;
        const battery = await navigator.getBattery?.().catch(() => null);
        const oldest = this.queue.unsent[0]?.at ?? null;
        return {
            app_version: this.window.document.body.dataset.version,
            name: this.settings.device_name ?? "",
            platform: navigator.userAgent.slice(0, 200),
            queue: { waiting: this.unsent, oldest_at: oldest },
            battery: battery ? Math.round(battery.level * 100) : null,
            charging: battery ? battery.charging : null,
            now: new Date().toISOString(),
            protocol: PROTOCOL,
        };
    }

    async _become(answer) {
        const other = this.me && this.me.user.id !== answer.user.id;
        this.me = answer;
        this.engine.user = answer.user.id;
        this.engine._become(ONLINE);
        await this.store.change(["meta"], ({ meta }) => meta.put({ key: "me", value: answer }));
        if (other) {
            await this._forgetCatalogue();
        }
        await this.speak();
    }

    /** Another person signed in: what they may see is fetched anew; the queue stays. */
    async _forgetCatalogue() {
        const slices = ["sessions", "locations", "lines", "products", "lots", "packages"];
        await this.store.change(["meta", ...slices], (stores) => {
            for (const slice of slices) {
                stores[slice].clear();
                stores.meta.delete(`version:${slice}`);
            }
        });
    }
}
