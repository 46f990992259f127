/** Part what was heard into words that mean something. */

import { ENGLISH } from "./words_en.js";
import { FRENCH } from "./words_fr.js";

/**
 * @typedef {object} Token
 * @property {"digits" | "small" | "tens" | "hundred" | "thousand" | "and" | "article" | "point"
 *     | "fraction" | "dozen" | "minus" | "command" | "correction" | "noise" | "pause"
 *     | "unknown"} kind
 * @property {number} [value]
 * @property {number} [upTo] of tens: the greatest unit that may follow
 * @property {string} [command]
 * @property {string} text
 */

/** No look-behind: older Safari would refuse the whole script. */
const GROUPED = /(^|[^\d.,])(\d{1,3}(?: \d{3})+)(?!\d| \d)/g;

const LANGUAGES = { fr: FRENCH, en: ENGLISH };
const lexicons = {};

/**
 * Return the words of a language.
 *
 * @param {string} lang "fr", "fr_FR", "en-US" …; English for a language that is not known
 */
export function wordsOf(lang) {
    return LANGUAGES[lang.slice(0, 2)] ?? ENGLISH;
}

/**
 * Part a text into tokens.
 *
 * @param {string} heard
 * @param {string} lang
 * @returns {Token[]}
 */
export function tokensOf(heard, lang) {
    const isFrench = wordsOf(lang) === FRENCH;
    const words = wordsIn(heard, isFrench);
    const lexicon = lexiconOf(isFrench ? "fr" : "en");
    const tokens = [];
    for (let at = 0; at < words.length;) {
        const { token, length } = longestAt(words, at, lexicon, isFrench);
        tokens.push(token);
        at += length;
    }
    return tokens;
}

/** Cut at blanks and hyphens; digits stay together as the language groups them. */
function wordsIn(heard, isFrench) {
    const even = heard
        .normalize("NFC")
        .toLowerCase()
        .replace(/[\u2019\u02bc`]/g, "'")
        .replace(/[\u00a0\u202f\u2009]/g, " ");
    const joined = isFrench
        ? even.replace(GROUPED, (all, before, one) => before + one.replaceAll(" ", ""))
        : even;
    return (
        joined
            // A decimal sign ends a sentence unless a digit follows.
            .replace(/([.,])(?!\d)/g, " $1 ")
            .replace(/(\d)(?=[a-zà-ÿ])/g, "$1 ")
            .replace(/(^|\W)-(?=\d)/g, "$1− ")
            .replace(/[;!?…]/g, " , ")
            .split(/[\s-]+/)
            .filter(Boolean)
    );
}

function longestAt(words, at, lexicon, isFrench) {
    const most = lexicon.longest.get(words[at]) ?? 0;
    for (let length = Math.min(most, words.length - at); length > 0; length--) {
        const text = words.slice(at, at + length).join(" ");
        const found = lexicon.entries.get(text);
        if (found) {
            return { token: { ...found, text }, length };
        }
    }
    return { token: single(words[at], isFrench), length: 1 };
}

function single(text, isFrench) {
    if (text === "." || text === ",") {
        return { kind: "pause", text };
    }
    const value = readDigits(text, isFrench);
    return value === null ? { kind: "unknown", text } : { kind: "digits", value, text };
}

/** "1,250" is 1250 in English and 1.25 in French; "1.250" in French may be either: not read. */
function readDigits(text, isFrench) {
    if (/^\d+$/.test(text)) {
        return Number(text);
    }
    const decimal = isFrench
        ? /^\d+(?:,\d+|\.(?!\d{3}$)\d+)$/
        : /^(?:\d+|\d{1,3}(?:,\d{3})+)\.\d+$/;
    if (decimal.test(text)) {
        return Number(isFrench ? text.replace(",", ".") : text.replaceAll(",", ""));
    }
    const grouped = !isFrench && /^\d{1,3}(?:,\d{3})+$/.test(text);
    return grouped ? Number(text.replaceAll(",", "")) : null;
}

function lexiconOf(lang) {
    lexicons[lang] ??= buildLexicon(LANGUAGES[lang]);
    return lexicons[lang];
}

function buildLexicon(words) {
    const entries = new Map();
    const add = (phrases, token) => phrases.forEach((phrase) => entries.set(phrase, token(phrase)));
    add(words.noise, () => ({ kind: "noise" }));
    add(words.corrections, () => ({ kind: "correction" }));
    add(Object.keys(words.commands), (word) => ({
        kind: "command",
        command: words.commands[word],
    }));
    add(Object.keys(words.small), (word) => ({ kind: "small", value: words.small[word] }));
    for (const [word, [value, upTo]] of Object.entries(words.tens)) {
        entries.set(word, { kind: "tens", value, upTo });
    }
    add(words.hundred, () => ({ kind: "hundred" }));
    add(words.thousand, () => ({ kind: "thousand" }));
    add(words.and, () => ({ kind: "and" }));
    add(words.point, () => ({ kind: "point" }));
    add(words.articles, () => ({ kind: "article" }));
    add([...words.minus, "−"], () => ({ kind: "minus" }));
    add(Object.keys(words.fractions), (word) => ({
        kind: "fraction",
        value: words.fractions[word],
    }));
    add(Object.keys(words.dozen), (word) => ({ kind: "dozen", value: words.dozen[word] }));
    return { entries, longest: longestByFirst(entries.keys()) };
}

/** How many words a phrase has at most, by its first word. */
function longestByFirst(phrases) {
    const longest = new Map();
    for (const phrase of phrases) {
        const words = phrase.split(" ");
        longest.set(words[0], Math.max(words.length, longest.get(words[0]) ?? 0));
    }
    return longest;
}
