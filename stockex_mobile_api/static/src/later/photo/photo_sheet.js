import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";

import { StoreFull } from "../../app/store/db.js";
import { _t } from "../../app/ui/i18n.js";
import { useSheet } from "../../app/ui/sheet.js";
import { sizeText } from "../size_text.js";
import { NoPicture, shrink } from "./shrink.js";

/** Photos of one thing: take one, see what is not sent yet, throw one away. */
export class PhotoSheet extends Component {
    static template = "stockex_mobile_api.ScanPhotoSheet";
    static props = {
        services: Object,
        title: String,
        /** What operations say it is of: session, and `line` or `of`. */
        about: Object,
        close: Function,
    };

    setup() {
        this.box = useRef("box");
        useSheet(this.box, () => this.props.close());
        this.addresses = new Map();
        this.state = useState({ busy: false, trouble: "", said: "", turn: 0 });
        const stop = this.props.services.on(() => {
            this.state.turn += 1;
        });
        onMounted(() => this.box.el.focus());
        onWillUnmount(() => {
            stop();
            this.addresses.forEach((address) => URL.revokeObjectURL(address));
        });
    }

    get taken() {
        const { services, about } = this.props;
        return services.photos.unsent.filter(
            ({ body }) => body.session === about.session && this.isSame(body, about)
        );
    }

    isSame(body, about) {
        return about.line ? body.line === about.line : body.of === about.of;
    }

    address(kept) {
        if (!this.addresses.has(kept.op)) {
            this.addresses.set(kept.op, URL.createObjectURL(kept.picture));
        }
        return this.addresses.get(kept.op);
    }

    size(kept) {
        return sizeText(kept.size);
    }

    async pick(input) {
        const [file] = input.files;
        input.value = "";
        if (file) {
            await this.keep(file);
        }
    }

    async snap() {
        await this.keep(await this.props.services.camera.frame());
    }

    async keep(source) {
        const { services, about, title } = this.props;
        Object.assign(this.state, { busy: true, trouble: "", said: "" });
        try {
            const px = services.me?.settings?.photo_px ?? 1280;
            const picture = await shrink(source, { px });
            await services.photos.add(services.me.user.id, about, picture, title);
            services.feedback.right();
            this.state.said = _t("Kept. It is sent after your counts.");
            services.engine.wake();
        } catch (error) {
            services.feedback.wrong();
            this.state.trouble = this.explain(error);
        } finally {
            this.state.busy = false;
        }
    }

    explain(error) {
        if (error instanceof StoreFull) {
            return _t(
                "This device is full: the photo was not kept. Your counts are. Send the queue, or free space."
            );
        }
        return error instanceof NoPicture
            ? _t("This is no picture that this device can read. Take a photo (JPEG or PNG).")
            : error.message;
    }

    remove(kept) {
        return this.props.services.photos.remove(kept);
    }

    onKey(event) {
        if (event.key === "Escape") {
            this.props.close();
        }
    }
}
