import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { getDataURLFromFile } from "@web/core/utils/urls";

const MAX_PHOTOS = 5;
const MAX_MB = 10;
const PHOTO = "stockex.count.photo";

/** The photos of a line: look at them, add some, take one's own back. */
export class PhotosDialog extends Component {
    static template = "stockex.PhotosDialog";
    static components = { Dialog };
    static props = {
        lineId: Number,
        title: String,
        isOpen: Boolean,
        onChanged: Function,
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.file = useRef("file");
        this.max = MAX_PHOTOS;
        this.state = useState({ photos: [], error: "", isBusy: false });
        onWillStart(() => this.load());
    }

    get canAdd() {
        return this.props.isOpen && this.state.photos.length < MAX_PHOTOS;
    }

    isMine(photo) {
        return this.props.isOpen && photo.user_id[0] === user.userId;
    }

    url(photo, field) {
        return `/web/image/${PHOTO}/${photo.id}/${field}`;
    }

    async load() {
        this.state.photos = await this.orm.searchRead(
            PHOTO,
            [["line_id", "=", this.props.lineId]],
            ["user_id", "taken_at"]
        );
        this.props.onChanged(this.state.photos.length);
    }

    async onFile(event) {
        const [file] = event.target.files;
        if (!file) {
            return;
        }
        if (file.size > MAX_MB * 1024 * 1024) {
            this.state.error = _t(
                "“%(name)s” is too large: %(size)s MB, and %(limit)s MB is the most. Take it with a lower resolution.",
                { name: file.name, size: Math.round(file.size / 1024 / 1024), limit: MAX_MB }
            );
            return;
        }
        const url = await getDataURLFromFile(file);
        const data = url.split(",")[1] || "";
        await this.change("stockex.count.line", "action_add_photo", [
            [this.props.lineId],
            file.name,
            data,
        ]);
    }

    async onRemove(photo) {
        await this.change(PHOTO, "action_remove", [[photo.id]]);
    }

    async change(model, method, args) {
        this.state.isBusy = true;
        this.state.error = "";
        try {
            await this.orm.call(model, method, args);
            await this.load();
        } catch (error) {
            this.state.error = error.data?.message || error.message;
        } finally {
            this.state.isBusy = false;
            if (this.file.el) {
                this.file.el.value = "";
            }
        }
    }
}
