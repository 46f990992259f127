/** Listening through Web Speech, where the browser has it. */

import { parseSpoken } from "./parser.js";

const LOCALES = { fr: "fr-FR", en: "en-US" };
const PROBLEMS = {
    "not-allowed": "refused",
    "service-not-allowed": "refused",
    "audio-capture": "absent",
    network: "offline",
    "language-not-supported": "language",
};
/** What the browser says when nobody spoke, or when it is told to stop. */
const HARMLESS = new Set(["no-speech", "aborted"]);
/** Browsers end a session after a silence: it is begun again, not faster than this. */
const AGAIN_MS = 300;

export class Listener {
    /**
     * @param {object} options
     * @param {(spoken: import("./parser.js").Spoken) => void} options.onSpoken
     * @param {(name: string) => void} [options.onProblem] `refused`, `absent` (no microphone),
     *     `offline`, `language`, `failed`; listening has ended then
     * @param {(isListening: boolean) => void} [options.onState]
     * @param {string} [options.lang]
     * @param {typeof SpeechRecognition} [options.Recognition]
     */
    constructor({ onSpoken, onProblem, onState, lang = "en", Recognition }) {
        this.onSpoken = onSpoken;
        this.onProblem = onProblem ?? (() => undefined);
        this.onState = onState ?? (() => undefined);
        this.lang = lang;
        this.Recognition =
            Recognition ?? globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;
        this.isListening = false;
        this.recognition = null;
        this.timer = null;
    }

    /** Whether this browser can listen. */
    get isSupported() {
        return Boolean(this.Recognition);
    }

    /**
     * Listen until `stop`; needs a tap the first time.
     *
     * @returns {boolean} whether the browser can
     */
    start() {
        if (!this.isSupported || this.isListening) {
            return this.isSupported;
        }
        this.isListening = true;
        this.onState(true);
        this._begin();
        return true;
    }

    stop() {
        const wasListening = this.isListening;
        this.isListening = false;
        clearTimeout(this.timer);
        this.recognition?.abort();
        this.recognition = null;
        if (wasListening) {
            this.onState(false);
        }
    }

    _begin() {
        const recognition = new this.Recognition();
        recognition.lang = LOCALES[this.lang.slice(0, 2)] ?? LOCALES.en;
        recognition.continuous = true;
        recognition.interimResults = false;
        recognition.maxAlternatives = 4;
        recognition.onresult = (event) => this._onResult(event);
        recognition.onerror = ({ error }) => this._onError(error);
        recognition.onend = () => this._onEnd(recognition);
        this.recognition = recognition;
        try {
            recognition.start();
        } catch {
            this._onError("start");
        }
    }

    _onResult({ resultIndex, results }) {
        for (const result of [...results].slice(resultIndex)) {
            if (result.isFinal) {
                this.onSpoken(bestOf([...result], this.lang));
            }
        }
    }

    _onError(error) {
        if (!HARMLESS.has(error)) {
            this.stop();
            this.onProblem(PROBLEMS[error] ?? "failed");
        }
    }

    _onEnd(recognition) {
        if (this.isListening && recognition === this.recognition) {
            this.timer = setTimeout(() => this._begin(), AGAIN_MS);
        }
    }
}

/**
 * Take the recogniser's likeliest reading that means something; if two that are nearly as
 * likely mean different things, none.
 *
 * @param {{transcript: string, confidence: number}[]} alternatives the likeliest first
 * @param {string} lang
 * @returns {import("./parser.js").Spoken}
 */
export function bestOf(alternatives, lang) {
    const [first] = alternatives;
    const parsed = alternatives.map((one) => ({
        ...one,
        spoken: parseSpoken(one.transcript, lang),
    }));
    const clear = parsed.filter(({ spoken }) => !spoken.reason);
    if (!clear.length) {
        return parsed[0].spoken;
    }
    const [best, ...others] = clear;
    const isFirst = best.transcript === first.transcript;
    const rival = others.find(({ spoken }) => !isSame(spoken, best.spoken));
    // The recogniser's own first choice is what the counter sees it wrote; below it, guesses.
    return isFirst || !rival
        ? best.spoken
        : {
              ...best.spoken,
              number: null,
              command: null,
              reason: "several",
              heard: first.transcript,
          };
}

function isSame(one, other) {
    return one.number === other.number && one.command === other.command;
}
