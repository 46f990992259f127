/** The microphone as screens use it: on, off, and who listens to what was said. */

import { more } from "../ui/more.js";

export class Voice {
    /**
     * @param {() => void} changed called when it starts, stops or fails
     * @param {typeof more} load brings what understands speech, which most never need
     */
    constructor(changed, load = more) {
        Object.assign(this, { changed, load, language: "en", problem: "" });
        this.takers = [];
        this.listener = null;
    }

    /** Whether this browser can listen. */
    get isThere() {
        return Boolean(globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition);
    }

    get isOn() {
        return Boolean(this.listener?.isListening);
    }

    /** Listen in a language from now on: "fr" or "en". */
    speak(language) {
        this.language = language;
        if (this.listener) {
            const wasOn = this.isOn;
            this.listener.stop();
            this.listener.lang = language;
            if (wasOn) {
                this.listener.start();
            }
        }
    }

    async toggle() {
        this.problem = "";
        this.listener ??= await this._listener();
        if (this.isOn) {
            this.listener.stop();
        } else {
            this.listener.start();
        }
    }

    /** Have `taker` hear what is said until the returned function is called. */
    on(taker) {
        this.takers.push(taker);
        return () => {
            this.takers = this.takers.filter((one) => one !== taker);
        };
    }

    async _listener() {
        const { Listener } = await this.load("voice/listen");
        return new Listener({
            lang: this.language,
            onSpoken: (spoken) => this.takers.at(-1)?.(spoken),
            onProblem: (problem) => {
                this.problem = problem;
                this.changed();
            },
            onState: () => this.changed(),
        });
    }
}
