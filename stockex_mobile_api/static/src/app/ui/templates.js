/** @odoo-module alias=@web/core/templates default=false */

/**
 * The templates of both bundles, under the name by which bundles register them. Odoo's own
 * module can also inherit templates, which weighs more than all screens for counting.
 */

const texts = new Map();
const templates = new Map();

/** Called by the bundles. */
export function registerTemplate(name, _url, text) {
    texts.set(name, text);
}

/** Called by a bundle that has templates which inherit: ours have none. */
export function registerTemplateExtension(name, url) {
    throw new Error(`${url}: template ${name} cannot be inherited here`);
}

/** Called by the bundles with the names of templates that others inherit. */
export function checkPrimaryTemplateParents(names) {
    if (names.length) {
        throw new Error(`templates cannot be inherited here: ${names.join(", ")}`);
    }
}

/** Return a template as Owl wants it, parsed once. */
export function getTemplate(name) {
    if (!templates.has(name)) {
        const text = texts.get(name);
        templates.set(name, new DOMParser().parseFromString(text, "text/xml").firstChild);
    }
    return templates.get(name);
}
