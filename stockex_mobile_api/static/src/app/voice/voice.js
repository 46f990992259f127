/** The microphone as screens use it: on, off, and who listens to what was said. */

import { Listener } from "./listen.js";

export class Voice {
    /** @param {() => void} changed called when it starts, stops or fails */
    constructor(changed) {
        this.takers = [];
        this.problem = "";
        this.listener = new Listener({
            onSpoken: (spoken) => this.takers.at(-1)?.(spoken),
            onProblem: (problem) => {
                this.problem = problem;
                changed();
            },
            onState: () => changed(),
        });
    }

    /** Whether this browser can listen. */
    get isThere() {
        return this.listener.isSupported;
    }

    get isOn() {
        return this.listener.isListening;
    }

    /** Listen in a language from now on: "fr" or "en". */
    speak(language) {
        const wasOn = this.isOn;
        this.listener.stop();
        this.listener.lang = language;
        if (wasOn) {
            this.listener.start();
        }
    }

    toggle() {
        this.problem = "";
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
}
