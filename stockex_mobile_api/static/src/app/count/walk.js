/** Being led from one location to the next, where the company wants it. */

import { _t } from "../ui/i18n.js";
import { nextPlace, placesOf, skippedIn } from "./places.js";

/** Tell whether the company wants its counters led along the shelves. */
export function isGuided({ me }) {
    return me?.settings?.route ?? true;
}

/**
 * Find where to go next from where a counter stands.
 *
 * @param {Object} services
 * @param {import("./counting").Counting} counting
 * @returns {Promise<{place: ?Object, notice: string}>} the notice is for the screen
 */
export async function walkOn(services, { session, place, shown }) {
    if (!isGuided(services)) {
        return { place: null, notice: _t("Scan the next location.") };
    }
    const places = await placesOf(services.store, session, shown);
    const next = nextPlace(places, place, skippedIn(session))?.place ?? null;
    const notice = next
        ? _t("Go to %(name)s.", { name: next.name })
        : _t("Nothing is left: everything here was counted.");
    return { place: next, notice };
}
