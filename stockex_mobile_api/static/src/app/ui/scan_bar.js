import { Component, useState } from "@odoo/owl";

import { Part } from "./part.js";

/** Camera, microphone and typing, beside the hand scanner that needs no button. */
export class ScanBar extends Component {
    static template = "stockex_mobile_api.ScanBar";
    static components = { Part };
    static props = {
        services: Object,
        turn: Number,
        voice: { type: Boolean, optional: true },
        /** Several codes in one view can be taken all at once. */
        many: { type: Boolean, optional: true },
    };
    static defaultProps = { voice: true, many: false };

    setup() {
        this.state = useState({ camera: false, trouble: "", typing: false, text: "" });
        this.onCamera = {
            close: (trouble = "") => Object.assign(this.state, { camera: false, trouble }),
        };
    }

    get camera() {
        return { ...this.onCamera, services: this.props.services, many: this.props.many };
    }

    get hasVoice() {
        const { voice, settings } = this.props.services;
        return this.props.voice && voice?.isThere && settings.voice !== false;
    }

    toggleCamera() {
        Object.assign(this.state, { camera: !this.state.camera, trouble: "" });
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
