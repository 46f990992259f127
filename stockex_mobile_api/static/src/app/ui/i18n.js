/** Texts in the user's language, also without a network. */

const ADDON = "stockex_mobile_api";
export const LANGUAGES = ["en_US", "fr_FR"];
let terms = new Map();
let current = "en_US";
const formats = {};

/** Where the terms of a language are; the service worker keeps the answer. */
export function termsUrl(language) {
    return `/web/webclient/translations?mods=${ADDON}&lang=${language}`;
}

/**
 * Use a language from now on.
 *
 * @param {string} language as Odoo names it, `fr_FR`
 * @param {typeof fetch} ask
 */
export async function speak(language, ask) {
    const known = LANGUAGES.find((one) => one.slice(0, 2) === language?.slice(0, 2)) ?? "en_US";
    if (known !== "en_US") {
        try {
            const answer = await (await ask(termsUrl(known))).json();
            const messages = answer.modules?.[ADDON]?.messages ?? [];
            terms = new Map(messages.map((message) => [message.id, message.string]));
        } catch {
            // English is better than nothing, and the next start tries again.
            return current;
        }
    } else {
        terms = new Map();
    }
    current = known;
    return current;
}

/** Return the language in use, as the browser names it. */
export function locale() {
    return current.replace("_", "-");
}

/**
 * Return a text in the user's language.
 *
 * @param {string} text English, with `%(name)s` where a value goes
 * @param {Object} [values]
 */
export function _t(text, values = {}) {
    return (terms.get(text) ?? text).replace(/%\((\w+)\)s/g, (whole, name) =>
        name in values ? String(values[name]) : whole
    );
}

/** Translate a text of a template: Owl keeps the space around it. */
export function translateTemplate(text) {
    return terms.get(text) ?? text;
}

/** Write a quantity as the user's language does. */
export function quantity(value, digits = 3) {
    return numbers(locale(), digits).format(value);
}

/** Making a format takes a slow device six milliseconds: a list has one for each line. */
function numbers(language, digits) {
    const key = `${language} ${digits}`;
    formats[key] ??= new Intl.NumberFormat(language, { maximumFractionDigits: digits });
    return formats[key];
}
