/** The camera as a scanner: pictures of a video go to the decoder, new codes come out. */

import { sameCodeKey } from "../../app/scan/codes.js";
import { Decoding } from "./decoding.js";
import { SeenCodes } from "./seen.js";

const WIDTH = 1280;
const HEIGHT = 720;
/** Three quick passes, then a thorough one: figures in `worker/decoder.js`. */
const THOROUGH_EVERY = 4;

const NAMES = {
    NotAllowedError: "refused",
    SecurityError: "refused",
    NotFoundError: "absent",
    OverconstrainedError: "absent",
    NotReadableError: "busy",
    AbortError: "busy",
};

/**
 * Name what keeps a camera from opening.
 *
 * @param {unknown} error as `getUserMedia` raises it
 * @returns {string} `refused`, `absent`, `busy` or `failed`
 */
export function cameraProblem(error) {
    return NAMES[error?.name] ?? "failed";
}

let shared = null;

/** The decoder is a megabyte that takes a second to load: once for all cameras of the page. */
function sharedDecoding() {
    shared ??= new Decoding();
    return shared;
}

/** @typedef {import("../../app/worker/decoder.js").Code & {source: "camera"}} CameraCode */

export class Camera {
    /**
     * @param {object} options
     * @param {HTMLVideoElement} options.video shows the picture
     * @param {(code: CameraCode) => void} [options.onCode] each code once while it is in view
     * @param {(codes: import("../../app/worker/decoder.js").Code[], time: number, thorough: boolean) =>
     *     void} [options.onView] all codes of each picture, to mark them; corners in pixels of
     *     the video
     * @param {(name: string) => void} [options.onProblem] `lost`: the camera went away;
     *     `decoder`: the decoder broke
     * @param {MediaDevices} [options.devices]
     * @param {boolean} [options.isSecure]
     * @param {Decoding} [options.decoding]
     */
    constructor({ video, onCode, onView, onProblem, devices, isSecure, decoding }) {
        this.video = video;
        this.onCode = onCode ?? (() => undefined);
        this.onView = onView ?? (() => undefined);
        this.onProblem = onProblem ?? (() => undefined);
        this.devices = devices ?? globalThis.navigator?.mediaDevices;
        this.isSecure = isSecure ?? globalThis.isSecureContext;
        this.decoding = decoding ?? sharedDecoding();
        this.seen = new SeenCodes();
        this.facing = "environment";
        this.track = null;
        this._run = 0;
    }

    /**
     * Open the camera and scan until `stop`.
     *
     * @returns {Promise<string>} empty, or why not: `insecure` (no HTTPS), `absent`,
     *     `refused`, `busy`, `decoder` (the decoder cannot be loaded), `failed`, `stopped`
     */
    async start() {
        this.stop();
        const run = this._run;
        if (!this.devices?.getUserMedia) {
            return this.isSecure ? "absent" : "insecure";
        }
        const [problem, isReady] = await Promise.all([this._open(run), this.decoding.start()]);
        if (problem || !isReady) {
            this._close();
            return problem || "decoder";
        }
        this.seen.clear();
        this._loop(run, 0);
        return "";
    }

    /** Let the camera go; the decoder stays loaded for the next time. */
    stop() {
        this._run++;
        this._close();
    }

    /** Whether this camera has a light. */
    get hasTorch() {
        return Boolean(this.track?.getCapabilities?.().torch);
    }

    /**
     * Switch the light.
     *
     * @param {boolean} on
     * @returns {Promise<boolean>} whether it is on now
     */
    async setTorch(on) {
        try {
            await this.track.applyConstraints({ advanced: [{ torch: on }] });
            return on && this.hasTorch;
        } catch {
            return false;
        }
    }

    /**
     * Turn from the back camera to the front camera or back.
     *
     * @returns {Promise<string>} as `start`
     */
    flip() {
        this.facing = this.facing === "environment" ? "user" : "environment";
        return this.start();
    }

    async _open(run) {
        try {
            const stream = await this.devices.getUserMedia({
                audio: false,
                video: {
                    facingMode: { ideal: this.facing },
                    width: { ideal: WIDTH },
                    height: { ideal: HEIGHT },
                },
            });
            const [track] = stream.getVideoTracks();
            if (run !== this._run) {
                track.stop();
                return "stopped";
            }
            this.track = track;
            track.onended = () => this._lose(run, "lost");
            this._focus(track);
            this.video.srcObject = stream;
            await this.video.play();
            return "";
        } catch (error) {
            return run === this._run ? cameraProblem(error) : "stopped";
        }
    }

    /** Codes are held near the lens: a focus once found for the room would stay. */
    _focus(track) {
        if (track.getCapabilities?.().focusMode?.includes("continuous")) {
            track.applyConstraints({ advanced: [{ focusMode: "continuous" }] }).catch(() => false);
        }
    }

    _close() {
        this.track?.stop();
        this.track = null;
        this.video.srcObject = null;
    }

    _lose(run, problem) {
        if (run === this._run) {
            this.stop();
            this.onProblem(problem);
        }
    }

    _loop(run, count) {
        const next = () => run === this._run && this._loop(run, count + 1);
        this._onNextPicture(() => {
            const isThorough = count % THOROUGH_EVERY === THOROUGH_EVERY - 1;
            this._pass(run, isThorough).then(next, next);
        });
    }

    _onNextPicture(then) {
        if (this.video.requestVideoFrameCallback) {
            this.video.requestVideoFrameCallback(then);
        } else {
            requestAnimationFrame(then);
        }
    }

    async _pass(run, isThorough) {
        if (run !== this._run || !this.video.videoWidth) {
            return;
        }
        if (!this.decoding.isReady) {
            this._lose(run, "decoder");
            return;
        }
        const time = performance.now();
        const { picture, scale } = await this._takePicture();
        const { codes } = await this.decoding.decode(picture, isThorough);
        if (run === this._run) {
            this._tell(codes, scale, time, isThorough);
        }
    }

    /** Some cameras give more than was asked for: decoding time grows with the pixels. */
    async _takePicture() {
        const { videoWidth, videoHeight } = this.video;
        const scale = Math.min(1, WIDTH / Math.max(videoWidth, videoHeight));
        if (scale === 1) {
            return { picture: await createImageBitmap(this.video), scale };
        }
        const resizeWidth = Math.round(videoWidth * scale);
        const resizeHeight = Math.round(videoHeight * scale);
        return {
            picture: await createImageBitmap(this.video, { resizeWidth, resizeHeight }),
            scale,
        };
    }

    _tell(found, scale, time, isThorough) {
        const codes = found.map((code) => ({
            ...code,
            corners: code.corners.map(({ x, y }) => ({ x: x / scale, y: y / scale })),
        }));
        this.onView(codes, time, isThorough);
        const keyed = codes.map((code) => ({ code, key: sameCodeKey(code.text, code.format) }));
        for (const { code } of this.seen.take(keyed, time, isThorough)) {
            this.onCode({ ...code, source: "camera" });
        }
    }
}
