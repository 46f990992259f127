/** Parts that counting itself does not need (`static/src/later`): fetched when first used. */

const ROOT = "@stockex_mobile_api/later/";
let fetched = null;

/**
 * Return a module of the second bundle.
 *
 * @param {string} name below `later`, "voice/listen"
 * @throws {Error} if it cannot be fetched; the next call tries again
 */
export async function more(name) {
    fetched ??= fetchBundle().catch((error) => {
        fetched = null;
        throw error;
    });
    await fetched;
    return odoo.loader.modules.get(ROOT + name);
}

/** Return a module of the second bundle if that is here already, to show it without a pause. */
export function ready(name) {
    return odoo.loader.modules.get(ROOT + name);
}

function fetchBundle() {
    return new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = document.body.dataset.more;
        script.onload = resolve;
        script.onerror = () => reject(new Error(`${script.src} cannot be fetched`));
        document.head.append(script);
    });
}
