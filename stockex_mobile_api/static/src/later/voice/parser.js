/**
 * What a counter said: a number, a command, a correction. What could be understood in two
 * ways is not guessed: the counter says it again.
 */

import { tokensOf, wordsOf } from "./lexer.js";
import { numberAt } from "./numbers.js";
import { FRENCH } from "./words_fr.js";

/** The greatest quantity that is taken by voice. */
export const MOST = 999999;

/**
 * @typedef {object} Spoken
 * @property {number | null} number
 * @property {"next" | "undo" | "zero" | null} command `zero` comes with the number 0; `next`
 *     may come with a number: enter it, then go on
 * @property {boolean} correction the number replaces the one said before
 * @property {"" | "nothing" | "unclear" | "several" | "negative" | "too_big"} reason why there
 *     is neither number nor command
 * @property {string} heard
 */

/**
 * Understand what was heard.
 *
 * @param {string} heard
 * @param {string} [lang] "fr…" or "en…"
 * @returns {Spoken}
 */
export function parseSpoken(heard, lang = "en") {
    const tokens = withoutEdges(tokensOf(heard, lang));
    const last = tokens.findLastIndex((token) => token.kind === "correction");
    const understood = understand(tokens.slice(last + 1), wordsOf(lang) === FRENCH);
    const spoken = { number: null, command: null, correction: last >= 0, reason: "", heard };
    if (understood.reason && last < 0) {
        const alike = homophone(heard, lang);
        return alike === null ? { ...spoken, ...understood } : { ...spoken, number: alike };
    }
    return { ...spoken, ...understood };
}

/** "And twelve": what joins it to a sentence before says nothing. */
function withoutEdges(tokens) {
    const first = tokens.findIndex((token) => token.kind !== "and" && token.kind !== "pause");
    return first < 0 ? [] : tokens.slice(first);
}

/** One word alone that is no word of ours but sounds like a number. */
function homophone(heard, lang) {
    const word = heard
        .trim()
        .toLowerCase()
        .replace(/[.!?]$/, "");
    const { homophones } = wordsOf(lang);
    return Object.hasOwn(homophones, word) ? Number(homophones[word]) : null;
}

function understand(tokens, isFrench) {
    const items = itemsOf(tokens, isFrench);
    const refused = items.find((item) => item.reason);
    if (refused) {
        return { reason: refused.reason };
    }
    const numbers = items.filter((item) => "number" in item);
    const commands = [...new Set(items.map((item) => item.command).filter(Boolean))];
    if (numbers.length > 1 || commands.length > 1) {
        return { reason: "several" };
    }
    if (numbers.length && commands.length) {
        return together(items);
    }
    if (numbers.length) {
        return { number: numbers[0].number, command: numbers[0].number === 0 ? "zero" : null };
    }
    return commands.length ? { command: commands[0] } : { reason: "nothing" };
}

/** "Twelve, next" has one meaning; "next, twelve" and "twelve, undo" have two. */
function together(items) {
    const isPlain = "number" in items[0] && items.at(-1).command === "next";
    return isPlain ? { number: items[0].number, command: "next" } : { reason: "several" };
}

/** Draw numbers and commands out of the tokens, and reasons to refuse them. */
function itemsOf(tokens, isFrench) {
    const items = [];
    for (let at = 0; at < tokens.length;) {
        const token = tokens[at];
        const found = numberAt(tokens, at, isFrench);
        if (found) {
            items.push(ofNumber(found.value));
            at = found.next;
        } else {
            items.push(...ofToken(token));
            at++;
        }
    }
    return items;
}

function ofNumber(number) {
    if (Number.isNaN(number)) {
        return { reason: "unclear" };
    }
    return number > MOST ? { reason: "too_big" } : { number };
}

function ofToken(token) {
    if (["noise", "pause", "article"].includes(token.kind)) {
        return [];
    }
    if (token.kind === "command") {
        return [token.command === "zero" ? { number: 0 } : { command: token.command }];
    }
    return [{ reason: token.kind === "minus" ? "negative" : "unclear" }];
}
