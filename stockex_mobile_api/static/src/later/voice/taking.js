/** What a counter's words do on the count screen. */

import { _t, quantity } from "../../app/ui/i18n.js";

/**
 * Do what was said: a number is for what was counted last; "no, twelve" corrects it, also
 * when the counter has gone on since.
 *
 * @param {import("./parser.js").Spoken} spoken
 * @param {Object} screen
 * @param {?Object} screen.target what was counted last here
 * @param {?Object} screen.earlier what was counted last at all
 * @param {(target: Object, value: number) => Promise<boolean>} screen.put
 * @param {() => Promise<any>} screen.undo
 * @param {() => Promise<any>} screen.next
 * @returns {Promise<{said: string, isWrong: boolean}>} what the screen answers
 */
export async function doSpoken({ number, command, correction, heard, reason }, screen) {
    if (command === "undo") {
        await screen.undo();
        return { said: "", isWrong: false };
    }
    const target = screen.target ?? (correction ? screen.earlier : null);
    if (number !== null && !target) {
        return {
            said: _t("Scan something first: a number is for what was counted last."),
            isWrong: true,
        };
    }
    if (number === null && command !== "next") {
        return { said: unclear(heard, reason), isWrong: true };
    }
    let said = "";
    if (number !== null) {
        const facts = { heard, label: target.product?.name ?? "", number: quantity(number) };
        if (!(await screen.put(target, number))) {
            return { said: "", isWrong: true };
        }
        said = correction
            ? _t("Heard “%(heard)s”. Corrected: %(label)s, %(number)s.", facts)
            : _t("Heard “%(heard)s”: %(label)s, %(number)s.", facts);
    }
    if (command === "next") {
        await screen.next();
    }
    return { said, isWrong: false };
}

function unclear(heard, reason) {
    const texts = {
        several: _t("Heard “%(heard)s”, which can mean several things. Say it again.", { heard }),
        negative: _t("Heard “%(heard)s”. A quantity is zero or more.", { heard }),
        too_big: _t("Heard “%(heard)s”. Type a quantity that large.", { heard }),
    };
    return texts[reason] ?? _t("Heard “%(heard)s”: say a number, next, undo or zero.", { heard });
}
