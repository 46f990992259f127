/** Puts the parts of the application together: one instance for every screen. */

import { locksOf, newId } from "./platform.js";
import { Feedback } from "./scan/feedback.js";
import { ScanHub } from "./scan/hub.js";
import { listenToWedge } from "./scan/wedge_dom.js";
import { Store, StoreFull } from "./store/db.js";
import { Catalogue } from "./sync/catalogue.js";
import {
    Engine,
    FULL,
    NoLine,
    OFFLINE,
    ONLINE,
    Refused,
    SIGNED_OUT,
    SignedOut,
} from "./sync/engine.js";
import { Photos } from "./sync/photos.js";
import { Queue } from "./sync/queue.js";
import { PROTOCOL, caller } from "./sync/rpc.js";
import { LANGUAGES, _t, speak } from "./ui/i18n.js";
import { more } from "./ui/more.js";
import { applyTheme } from "./ui/theme.js";
import { Voice } from "./voice/voice.js";

const HELLO_EVERY_S = 60;
/** After the first screen is there, and before anybody scans. */
const PREPARE_MS = 200;
const TELL_MS = 100;

export class Services {
    /** @param {Window} window */
    constructor(window) {
        this.window = window;
        this.listeners = new Set();
        this.me = null;
        this.progress = null;
        this.update = null;
        this.install = null;
        this.telling = null;
    }

    /** Open the store and show what is there; the server is asked afterwards. */
    async start() {
        const { window } = this;
        this.store = await Store.open(window.indexedDB);
        this.devices = (await this.store.get("meta", "devices"))?.value ?? [];
        this.use(this.devices[0] ?? newId(window.crypto));
        this.me = (await this.store.get("meta", "me"))?.value ?? null;
        this.settings = (await this.store.get("meta", "settings"))?.value ?? {};
        this.feedback = new Feedback();
        this._apply();
        await this.speak();
        const channel = new window.BroadcastChannel("stockex-scan");
        const parts = {
            uuid: () => newId(window.crypto),
            now: () => new Date(),
            channel,
        };
        this.queue = new Queue(this.store, parts);
        this.photos = new Photos(this.store, parts);
        channel.onmessage = () => {
            this.store.forget(["lines"]);
            this.queue.load();
            this.photos.load();
        };
        this.engine = new Engine({
            queue: this.queue,
            photos: this.photos,
            call: this.call,
            locks: locksOf(window.navigator),
            now: () => new Date(),
            later: (work, seconds) => window.setTimeout(work, seconds * 1000),
            cancel: (timer) => window.clearTimeout(timer),
        });
        this._serve(this.me);
        this._openSenses(window);
        this.catalogue = new Catalogue(this.store, this.call, (progress) => {
            this.progress = progress;
            this.changed();
        });
        await Promise.all([this.queue.load(), this.photos.load()]);
        this.queue.on(() => this.changed());
        // What is expected where somebody began to count on their own comes with the next fetch.
        this.queue.begun = () => this.catalogue.again().catch((error) => this.notReached(error));
        this.photos.on(() => this.changed());
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
        window.setTimeout(() => this.feedback.prepare(), PREPARE_MS);
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

    /** Tell the screens, once for several changes, and not before they answered a scan. */
    changed() {
        this.telling ??= this.window.setTimeout(() => {
            this.telling = null;
            this.listeners.forEach((listener) => listener());
        }, TELL_MS);
    }

    /** Tell the server that we are there; learn who is signed in; send and fetch. */
    async hello() {
        try {
            const answer = await this._introduce();
            this.offset = Date.parse(answer.server_time) - Date.now();
            await this._become(answer);
            await this.catalogue.refresh();
            if (this.settings.push) {
                await (await more("push/subscribing")).tend(this, answer);
            }
        } catch (error) {
            this.notReached(error);
        }
        this.changed();
    }

    /**
     * Call under the name that the server knows the signed-in user's handheld by: several
     * people may share one device, and each has a registration of their own.
     */
    async _introduce() {
        const facts = await this._facts();
        const others = this.devices.filter((one) => one !== this.device);
        for (const device of [this.device, ...others, newId(this.window.crypto)]) {
            try {
                this.use(device);
                // eslint-disable-next-line no-await-in-loop
                const answer = await this.call("hello", facts);
                // eslint-disable-next-line no-await-in-loop
                await this._remember(device);
                return answer;
            } catch (error) {
                if (error.code !== "device_foreign") {
                    throw error;
                }
            }
        }
        throw new Refused("device_foreign", _t("The server does not take this device."));
    }

    /** Send under a registration from now on. */
    use(device) {
        this.device = device;
        this.call = caller(device, this.window.fetch.bind(this.window));
        if (this.engine) {
            this.engine.call = this.call;
            this.catalogue.call = this.call;
        }
    }

    async _remember(device) {
        if (this.devices[0] === device) {
            return;
        }
        this.devices = [device, ...this.devices.filter((one) => one !== device)];
        await this.store.change(
            ["meta"],
            ({ meta }) => meta.put({ key: "devices", value: this.devices }),
            true
        );
    }

    /** Show why the server was not reached; nothing of the user's work depends on it. */
    notReached(error) {
        if (error instanceof SignedOut) {
            this.engine._become(SIGNED_OUT);
        } else if (error instanceof Refused) {
            this.engine._become(error.code, error.message);
        } else if (error instanceof NoLine) {
            this.engine._become(OFFLINE, error.message);
        } else if (error instanceof StoreFull) {
            this.engine._become(FULL, error.message);
        } else {
            this.engine._become("trouble", error.message);
        }
    }

    /** Do something: kept at once, sent as soon as there is a line. */
    async act(body, facts = {}) {
        const position = this.position?.fix();
        const placed = position ? { ...body, position } : body;
        const kept = await this.queue.add(this.me.user.id, placed, facts);
        this.engine.added();
        return kept;
    }

    /** How much was not sent yet, of anybody who used this device. */
    get unsent() {
        return this.queue.unsent.length + this.photos.unsent.length;
    }

    /** Keep a choice of the user on this device. */
    async set(name, value) {
        this.settings = { ...this.settings, [name]: value };
        await this.store.change(["meta"], ({ meta }) => {
            meta.put({ key: "settings", value: this.settings });
        });
        this._apply();
        await this.speak();
        this.changed();
    }

    /** Look and sound as this device's user chose. */
    _apply() {
        applyTheme(this.window.document, this.settings);
        this.feedback.sound = this.settings.sound ?? true;
        this.feedback.vibration = this.settings.vibration ?? true;
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

    async _facts() {
        const { navigator } = this.window;
        const battery = await navigator.getBattery?.().catch(() => null);
        const oldest = this.queue.unsent[0]?.at ?? null;
        return {
            app_version: this.window.document.body.dataset.version,
            name: this.settings.device_name ?? "",
            ...(this.settings.device_renamed && { rename: this.settings.device_name }),
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
        this._serve(answer);
        this.engine._become(ONLINE);
        if (other) {
            await this._forgetCatalogue();
        }
        // First of all, as it needs no room on the device.
        await this.engine.wake();
        await this.store.change(["meta"], ({ meta }) => meta.put({ key: "me", value: answer }));
        if (this.settings.device_renamed && answer.device.name === this.settings.device_name) {
            await this.set("device_renamed", false);
        }
        await this.speak();
    }

    /** Send and show what one user counted. */
    _serve(me) {
        const user = me?.user.id ?? null;
        this.engine.user = user;
        this.queue.user = user;
    }

    /** Another person signed in: what they may see is fetched anew; the queue stays. */
    async _forgetCatalogue() {
        const slices = ["sessions", "locations", "lines", "products", "lots", "packages"];
        await this.store.change(["meta", ...slices], (stores) => {
            for (const slice of slices) {
                // Counts begun here without the server (their ids are texts, which come after
                // all numbers) stay with the operations of whoever began them.
                stores[slice].delete(IDBKeyRange.upperBound(Infinity));
                stores.meta.delete(`version:${slice}`);
            }
        });
    }
}
