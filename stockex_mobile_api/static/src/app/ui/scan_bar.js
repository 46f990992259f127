import { Component, onWillUnmount, useRef, useState } from "@odoo/owl";

import { _t } from "./i18n.js";
import { more } from "./more.js";

/** Camera, microphone and typing, beside the hand scanner that needs no button. */
export class ScanBar extends Component {
    static template = "stockex_mobile_api.ScanBar";
    static props = { services: Object, turn: Number, voice: { type: Boolean, optional: true } };
    static defaultProps = { voice: true };

    setup() {
        this.video = useRef("video");
        this.state = useState({
            camera: false,
            torch: false,
            trouble: "",
            typing: false,
            text: "",
        });
        this.camera = null;
        onWillUnmount(() => this.close());
    }

    async toggleCamera() {
        this.state.trouble = "";
        if (this.state.camera) {
            this.close();
            return;
        }
        this.state.camera = true;
        // The picture is on the screen with the next frame.
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const { scan } = this.props.services;
        const { Camera } = await more("camera/camera");
        this.camera = new Camera({
            video: this.video.el,
            onCode: ({ text, format }) => scan.emit({ text, format, source: "camera" }),
            onProblem: (problem) => this.failed(problem),
        });
        const problem = await this.camera.start();
        if (problem) {
            this.failed(problem);
        }
    }

    failed(problem) {
        this.close();
        this.state.trouble = problem === "stopped" ? "" : this.explain(problem);
    }

    close() {
        this.camera?.stop();
        this.camera = null;
        Object.assign(this.state, { camera: false, torch: false });
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

    async toggleTorch() {
        const lit = await this.camera.setTorch(!this.state.torch);
        this.state.torch = lit;
    }

    toggleVoice() {
        this.props.services.voice.toggle();
    }

    send() {
        const text = this.state.text.trim();
        if (text) {
            this.props.services.scan.emit({ text, source: "pad" });
        }
        Object.assign(this.state, { text: "", typing: false });
    }
}
