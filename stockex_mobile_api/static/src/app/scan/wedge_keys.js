/** What the keys of a scanner mean: text, FNC1 in its disguises, another keyboard layout. */

import { GS } from "./symbology.js";

const US_SHIFTED_DIGITS = ")!@#$%^&*(";
/** Physical keys of a US keyboard besides letters and digits: plain and shifted. */
const US_SIGNS = {
    ...{ Minus: "-_", Equal: "=+", BracketLeft: "[{", BracketRight: "]}", Backslash: "\\|" },
    ...{ Semicolon: ";:", Quote: "'\"", Backquote: "`~", Comma: ",<", Period: ".>" },
    ...{ Slash: "/?", Space: "  ", IntlBackslash: "\\|" },
};
/** Below this many misread digits, an "-" could simply be part of the code. */
const MISREAD_DIGITS = 3;

/**
 * @typedef {object} Key
 * @property {string} key as `KeyboardEvent.key`
 * @property {string} [code] as `KeyboardEvent.code`
 * @property {boolean} [ctrlKey]
 * @property {boolean} [altKey]
 * @property {boolean} [shiftKey]
 * @property {boolean} [metaKey]
 * @property {boolean} [repeat]
 */

/**
 * Name what a key does in a scan.
 *
 * @param {Key} event
 * @returns {"end" | "separator" | "sign" | "alt" | "modifier" | "other"} `alt`: a digit of a
 *     sign typed by its number while Alt is held
 */
export function meaningOf(event) {
    const { key } = event;
    if (["Shift", "Control", "Alt", "AltGraph", "CapsLock", "NumLock"].includes(key)) {
        return "modifier";
    }
    const isAltGr = event.ctrlKey && event.altKey;
    if (key === "F8" || key === GS || (event.ctrlKey && !isAltGr && isBracket(event))) {
        return "separator";
    }
    if (event.altKey && !event.ctrlKey && /^Numpad\d$/.test(event.code ?? "")) {
        return "alt";
    }
    if (key === "Enter" || key === "Tab" || (event.ctrlKey && /^[jm]$/i.test(key))) {
        return event.altKey || event.metaKey ? "other" : "end";
    }
    const isSign = [...key].length === 1 && !event.metaKey;
    return isSign && (isAltGr || !(event.ctrlKey || event.altKey)) ? "sign" : "other";
}

function isBracket({ key, code }) {
    return key === "]" || code === "BracketRight";
}

/**
 * Return the sign that Alt and digits stand for.
 *
 * @param {string} digits as typed, "0029"
 * @returns {string}
 */
export function signOfNumber(digits) {
    const number = Number(digits);
    return number > 0 && number < 256 ? String.fromCharCode(number) : "";
}

/**
 * Return the text of a burst; if the scanner types as on a US keyboard and the system is set
 * to another layout, what the scanner meant.
 *
 * On a French keyboard digits need Shift. Digit keys without Shift that gave no digit, and
 * no digit anywhere, mean that the layouts differ.
 *
 * @param {{text: string, event: Key | null}[]} signs
 * @returns {string}
 */
export function textOf(signs) {
    const misread = signs.filter(({ event }) => event && isMisreadDigit(event));
    const hasDigit = signs.some(({ text }) => /\d/.test(text));
    const isForeign = misread.length >= MISREAD_DIGITS && !hasDigit;
    return signs.map((sign) => (isForeign ? onUsKeyboard(sign) : sign.text)).join("");
}

function isMisreadDigit({ key, code, shiftKey }) {
    return !shiftKey && /^Digit\d$/.test(code ?? "") && !/^\d$/.test(key);
}

function onUsKeyboard({ text, event }) {
    const code = event?.code ?? "";
    const isShifted = Boolean(event?.shiftKey);
    if (/^Key[A-Z]$/.test(code)) {
        return isShifted ? code[3] : code[3].toLowerCase();
    }
    if (/^Digit\d$/.test(code)) {
        return isShifted ? US_SHIFTED_DIGITS[Number(code[5])] : code[5];
    }
    return US_SIGNS[code]?.[Number(isShifted)] ?? text;
}
