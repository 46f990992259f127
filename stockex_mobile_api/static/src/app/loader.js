// @odoo-module ignore
// Starts the modules of the bundles, each once all that it needs has started. Odoo's own
// loader also tells developers what is wrong in many words, at five times the size.
(function () {
    const odoo = (globalThis.odoo ??= {});
    const modules = new Map();
    let waiting = [];

    function start(module) {
        const found = module.factory((name) => modules.get(name));
        modules.set(module.name, found);
    }

    function startReady() {
        const ready = waiting.filter(({ needs }) => needs.every((name) => modules.has(name)));
        waiting = waiting.filter((module) => !ready.includes(module));
        ready.forEach(start);
        if (ready.length) {
            startReady();
        }
    }

    odoo.define = (name, needs, factory) => {
        if (modules.has(name)) {
            throw new Error(`${name} is defined twice`);
        }
        waiting.push({ name, needs, factory });
        startReady();
    };
    odoo.loader = { modules };
    addEventListener("load", () => {
        if (waiting.length) {
            const names = waiting.map(({ name }) => name).join(", ");
            throw new Error(`These modules lack what they need: ${names}`);
        }
    });
})();
