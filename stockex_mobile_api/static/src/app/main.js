import { App, whenReady } from "@odoo/owl";

import { Root } from "./root.js";
import { Services } from "./services.js";
import { StoreUnusable } from "./store/db.js";
import { _t, locale, translateTemplate } from "./ui/i18n.js";
import { more } from "./ui/more.js";
import { getTemplate } from "./ui/templates.js";

const WORKER = "/stockex/scan/service-worker.js";
const SCOPE = "/stockex/scan";
const LOOK_EVERY_MS = 3_600_000;

/** Have the page kept for the time without a network; tell of a newer version. */
async function keepForOffline(services) {
    const worker = navigator.serviceWorker;
    const registration = await worker?.register(WORKER, { scope: SCOPE });
    if (!registration) {
        return;
    }
    const offer = (newer) => {
        services.update = () => {
            // What is being counted is kept first.
            worker.addEventListener("controllerchange", () =>
                services.scan.turn.finally(() => location.reload())
            );
            newer.postMessage("start");
        };
        services.changed();
    };
    const watch = (newer) =>
        newer?.addEventListener("statechange", () => {
            if (newer.state === "installed" && worker.controller) {
                offer(newer);
            }
        });
    registration.addEventListener("updatefound", () => watch(registration.installing));
    if (registration.waiting && worker.controller) {
        offer(registration.waiting);
    }
    // An application that stays open for days would never look.
    const look = () => registration.update().catch(() => undefined);
    window.setInterval(look, LOOK_EVERY_MS);
    services.engine.on((state) => state === "app_too_old" && look());
}

/** Show the application; anew in another language, as templates are translated once. */
async function show(services, target) {
    const spoken = locale();
    const app = new App(Root, {
        getTemplate,
        translateFn: translateTemplate,
        translatableAttributes: ["aria-label", "title", "placeholder", "alt"],
        props: { services },
    });
    const stop = services.on(() => {
        if (locale() !== spoken) {
            stop();
            app.destroy();
            show(services, target);
        }
    });
    await app.mount(target);
}

async function start() {
    const target = document.getElementById("scan");
    const services = new Services(window);
    try {
        await services.start();
    } catch (error) {
        const text = document.createElement("p");
        text.className = "s_notice s_refused";
        text.setAttribute("role", "alert");
        text.textContent =
            error instanceof StoreUnusable
                ? _t("This browser keeps nothing (a private window?). Open a normal window.")
                : error.message;
        target.replaceChildren(text);
        return;
    }
    window.addEventListener("beforeinstallprompt", (event) => {
        // Offered where it is explained, not over what the user does.
        event.preventDefault();
        services.install = event;
        services.changed();
    });
    target.replaceChildren();
    await show(services, target);
    document.body.dataset.ready = "yes";
    more("keys/keys").then(
        ({ listenToKeys }) => listenToKeys(document),
        () => undefined
    );
    // Without a worker (a certificate that nobody signed) counting goes on all the same.
    keepForOffline(services).catch(() => undefined);
    await services.hello();
}

whenReady(start);
