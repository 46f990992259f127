/** Money and dates as the user's language writes them. */

/**
 * Return the language tag for figures: the user's own form of the language on the screen.
 *
 * @param {?string} lang of the user, as Odoo names it, `en_GB`
 * @param {string} spoken what the screen is in, `en-US`
 */
export function figuresTag(lang, spoken) {
    const own = (lang ?? "").split("@")[0].replace("_", "-");
    if (own.slice(0, 2) !== spoken.slice(0, 2)) {
        return spoken;
    }
    try {
        return Intl.getCanonicalLocales(own)[0] ?? spoken;
    } catch {
        return spoken;
    }
}

/** Write an amount with its currency; one that the browser does not know stands as it is. */
export function money({ amount, currency, digits }, tag) {
    const places = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    try {
        return new Intl.NumberFormat(tag, { style: "currency", currency, ...places }).format(
            amount
        );
    } catch {
        return `${new Intl.NumberFormat(tag, places).format(amount)} ${currency}`;
    }
}

/** Write the day of an instant, or a day as it is. */
export function day(text, tag) {
    const timeZone = text.length === 10 ? "UTC" : undefined;
    return new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeZone }).format(new Date(text));
}

/** Write an instant: its time alone if it is today's. */
export function moment(text, tag, now) {
    const at = new Date(text);
    const isToday = at.toDateString() === now.toDateString();
    const style = isToday ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
    return new Intl.DateTimeFormat(tag, style).format(at);
}
