import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";

import { _t } from "../../app/ui/i18n.js";
import { Camera } from "./camera.js";
import { nameOf } from "./names.js";
import { Several, keyOf } from "./several.js";

/** The camera's picture with the codes in it marked; of several, the user takes what is meant. */
export class CameraView extends Component {
    static template = "stockex_mobile_api.ScanCameraView";
    static props = { services: Object, many: Boolean, close: Function };

    setup() {
        this.video = useRef("video");
        this.names = new Map();
        this.several = new Several();
        this.state = useState({ torch: false, hasTorch: false, marks: [], tray: [], size: [1, 1] });
        onMounted(() => this.open());
        onWillUnmount(() => this.end());
    }

    async open() {
        const { services } = this.props;
        this.camera = new Camera({
            video: this.video.el,
            onView: (codes, time, thorough) => this.onView(codes, time, thorough),
            onProblem: (problem) => this.failed(problem),
        });
        const problem = await this.camera.start();
        if (problem) {
            this.failed(problem);
            return;
        }
        services.camera = this;
        services.changed();
        this.state.hasTorch = this.camera.hasTorch;
    }

    end() {
        const { services } = this.props;
        this.camera?.stop();
        if (services.camera === this) {
            services.camera = null;
        }
    }

    failed(problem) {
        if (problem !== "stopped") {
            this.props.close(this.explain(problem));
        }
    }

    explain(problem) {
        const texts = {
            refused: _t("The camera is not allowed. Allow it in the browser's settings, or type."),
            absent: _t("This device has no camera. Use the scanner, or type."),
            busy: _t("Another application uses the camera. Close it and try again."),
            insecure: _t("The camera needs a secure address (https). Ask your administrator."),
        };
        return texts[problem] ?? _t("The camera does not work here. Use the scanner, or type.");
    }

    /** Return what the camera sees now. */
    async frame() {
        return createImageBitmap(this.video.el);
    }

    async toggleTorch() {
        this.state.torch = await this.camera.setTorch(!this.state.torch);
    }

    // --- Codes ---

    onView(codes, time, thorough) {
        const alone = this.several.take(codes, time, thorough);
        if (alone) {
            this.give(alone);
        }
        this.mark(codes);
    }

    /** Outline what is in view now, and name it once its name is known. */
    mark(codes) {
        const { videoWidth, videoHeight } = this.video.el;
        this.state.size = [videoWidth || 1, videoHeight || 1];
        const done = new Map(this.several.choices.map((one) => [one.key, one.done]));
        this.state.marks = codes.map((code) => {
            const key = keyOf(code);
            const { x, y } = code.corners[0];
            const points = code.corners.map((corner) => `${corner.x},${corner.y}`).join(" ");
            return { key, points, x, y, name: this.name(code), done: done.get(key) ?? null };
        });
        this.show();
    }

    show() {
        this.state.tray = this.several.choices.map(({ key, code, done }) => ({
            ...{ key, done, name: this.name(code) },
        }));
    }

    /** Return the name of a code as far as it is known: it is looked up beside. */
    name(code) {
        const key = keyOf(code);
        if (!this.names.has(key)) {
            this.names.set(key, code.text);
            nameOf(this.props.services.store, code).then((name) => {
                this.names.set(key, name || code.text);
                this.show();
            });
        }
        return this.names.get(key);
    }

    get left() {
        return this.state.tray.filter((one) => !one.done).length;
    }

    take(key) {
        const code = this.several.choose(key);
        if (code) {
            this.give(code);
        }
        this.show();
    }

    /** Take one after the other; one that has a question waits for its answer, with the rest. */
    async takeAll() {
        for (const { key, done } of this.several.choices) {
            const code = done ? null : this.several.choose(key);
            // eslint-disable-next-line no-await-in-loop
            if (code && (await this.give(code)) === false) {
                break;
            }
        }
        this.show();
    }

    leave() {
        this.several.leave();
        this.show();
    }

    give({ text, format }) {
        return this.props.services.scan.emit({ text, format, source: "camera" });
    }
}
