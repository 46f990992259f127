/** Tones and vibration for right, wrong and unknown; told apart without looking. */

/**
 * Notes of each answer: hertz, seconds from the start, seconds long, shape of the wave.
 * Right rises, wrong is low and rough, unknown comes three times.
 */
export const TONES = {
    right: [
        { hertz: 1047, from: 0, long: 0.07, wave: "sine" },
        { hertz: 1568, from: 0.08, long: 0.1, wave: "sine" },
    ],
    wrong: [
        { hertz: 220, from: 0, long: 0.18, wave: "sawtooth" },
        { hertz: 147, from: 0.2, long: 0.3, wave: "sawtooth" },
    ],
    unknown: [
        { hertz: 587, from: 0, long: 0.09, wave: "square" },
        { hertz: 587, from: 0.15, long: 0.09, wave: "square" },
        { hertz: 587, from: 0.3, long: 0.09, wave: "square" },
    ],
};
/** Milliseconds on, off, on … */
export const VIBRATIONS = { right: [40], wrong: [250, 80, 250], unknown: [80, 60, 80, 60, 80] };

const VOLUME = 0.4;
/** A wave that starts or stops at once clicks. */
const FADE_S = 0.008;

export class Feedback {
    /**
     * @param {object} [options]
     * @param {() => AudioContext} [options.makeAudio]
     * @param {(pattern: number[]) => boolean} [options.vibrate]
     * @param {boolean} [options.sound]
     * @param {boolean} [options.vibration]
     */
    constructor({ makeAudio, vibrate, sound = true, vibration = true } = {}) {
        this.makeAudio = makeAudio ?? (() => new globalThis.AudioContext());
        this.vibrate = vibrate ?? ((pattern) => globalThis.navigator?.vibrate?.(pattern));
        this.sound = sound;
        this.vibration = vibration;
        this.audio = null;
    }

    /** Make what sounds: it takes a slow device half a second, which no scan should wait for. */
    prepare() {
        try {
            this.audio ??= this.makeAudio();
        } catch {
            // No sound on this device: the screen and the vibration remain.
            this.audio = null;
        }
    }

    /** Allow sound: browsers want it called from a first tap or key. */
    unlock() {
        this.prepare();
        try {
            if (this.audio?.state === "suspended") {
                this.audio.resume()?.catch?.(() => undefined);
            }
        } catch {
            this.audio = null;
        }
    }

    right() {
        this._give("right");
    }

    wrong() {
        this._give("wrong");
    }

    unknown() {
        this._give("unknown");
    }

    _give(answer) {
        if (this.vibration) {
            this.vibrate(VIBRATIONS[answer]);
        }
        if (this.sound) {
            this.unlock();
            TONES[answer].forEach((note) => this._play(note));
        }
    }

    _play({ hertz, from, long, wave }) {
        if (!this.audio) {
            return;
        }
        const start = this.audio.currentTime + from;
        const oscillator = this.audio.createOscillator();
        const gain = this.audio.createGain();
        oscillator.type = wave;
        oscillator.frequency.value = hertz;
        gain.gain.setValueAtTime(0, start);
        gain.gain.linearRampToValueAtTime(VOLUME, start + FADE_S);
        gain.gain.setValueAtTime(VOLUME, start + long - FADE_S);
        gain.gain.linearRampToValueAtTime(0, start + long);
        oscillator.connect(gain).connect(this.audio.destination);
        oscillator.start(start);
        oscillator.stop(start + long);
    }
}
