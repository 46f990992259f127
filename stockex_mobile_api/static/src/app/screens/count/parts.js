/** What of the count screen comes with the second bundle: pad, photos, scale, voice, guide. */

import { more } from "../../ui/more.js";
import { explainError, nameOf } from "./texts.js";

export class CountParts {
    /** @param {import("./count.js").Count} screen */
    constructor(screen) {
        this.screen = screen;
    }

    get services() {
        return this.screen.props.services;
    }

    get state() {
        return this.screen.state;
    }

    // --- What they are given ---

    get pad() {
        const { pad } = this.state;
        const { services } = this;
        return {
            title: nameOf(pad),
            product: pad.product,
            services,
            close: (typed) => this.screen.closePad(typed),
            ...(pad.line && { photo: () => this.openPhoto(nameOf(pad), { line: pad.line.id }) }),
        };
    }

    get photo() {
        const close = () => (this.state.photo = null);
        return { ...this.state.photo, services: this.services, close };
    }

    get unknown() {
        return {
            text: this.state.unknown.text,
            hasPlace: Boolean(this.state.place),
            keep: (note, withPhoto) => this.keepUnknown(note, withPhoto),
            leave: () => (this.state.unknown = null),
        };
    }

    get scale() {
        const { screen, services } = this;
        const target = this.state.last?.target;
        const take = (value, adds) =>
            adds ? screen.more(value, "scale") : screen.put(target, value, "scale");
        return { services, take, ...(target?.product && { target }) };
    }

    get guide() {
        const { screen, services } = this;
        return {
            services,
            session: this.state.session,
            place: this.state.place,
            targets: this.state.lines,
            shown: screen.counting.shown,
            go: (place) => (place ? screen.goTo(place) : screen.goNext()),
            turn: screen.props.turn,
        };
    }

    // --- What they do ---

    /** Photos are of a line; before the server made one, of the count that found it. */
    openPhoto(title, of) {
        this.state.photo = { title, about: { session: this.state.session.id, ...of } };
    }

    photoOf({ target, kept, label }) {
        this.openPhoto(label, target.line ? { line: target.line.id } : { of: kept.op });
    }

    async keepUnknown(note, withPhoto) {
        const { code, text } = this.state.unknown;
        const { counting } = this.screen;
        try {
            const kept = await counting.keepUnknown({ code, note: note.trim() || null });
            this.state.unknown = null;
            this.services.feedback.right();
            if (withPhoto) {
                this.openPhoto(text, { of: kept.op });
            }
        } catch (error) {
            this.screen.refuse(explainError(error));
        }
    }

    /** A scale that types like a keyboard weighs what was scanned last. */
    async isWeight(text, source) {
        const { screen, services } = this;
        if (source !== "wedge" || services.settings.scale !== "keys") {
            return false;
        }
        const { takeTyped } = await more("scale/typed");
        return takeTyped(text, {
            services,
            target: this.state.last?.target,
            put: (target, value) => screen.put(target, value, "scale"),
            refuse: (notice) => screen.refuse(notice),
        });
    }

    /** Do what was said; it stays on the screen what was heard. */
    async onVoice(spoken) {
        const { screen } = this;
        const { doSpoken } = await more("voice/taking");
        const answer = await doSpoken(spoken, {
            target: this.state.last?.target ?? null,
            earlier: screen.counting?.done.at(-1)?.target ?? null,
            put: (target, value) => screen.put(target, value, "voice"),
            undo: () => screen.undo(),
            next: () => screen.goNext(),
        });
        this.state.heard = answer.said;
        if (answer.isWrong) {
            this.services.feedback.unknown();
        }
    }
}
