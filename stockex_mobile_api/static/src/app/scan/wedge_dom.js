/** The keyboard wedge on a page: keys of the document go to the reader. */

import { GAP_MS, WedgeReader } from "./wedge.js";

/** A timer this late says that the page was busy: keys may wait behind it. */
const LATE_MS = 25;

/**
 * Listen to the keys of a document.
 *
 * @param {Document} page
 * @param {(code: string) => void} onCode
 * @returns {() => void} stops listening
 */
export function listenToWedge(page, onCode) {
    const wedge = new PageWedge(page, onCode);
    wedge.start();
    return () => wedge.stop();
}

class PageWedge {
    constructor(page, onCode) {
        this.page = page;
        this.reader = new WedgeReader({ onCode });
        this.timer = null;
        this.field = null;
        this.onDown = (event) => this._onDown(event);
        this.onUp = (event) => this.reader.release(event);
        this.onLeave = () => giveBack(this.field, this.reader.leave());
    }

    start() {
        this.page.addEventListener("keydown", this.onDown, { capture: true });
        this.page.addEventListener("keyup", this.onUp, { capture: true });
        this.page.addEventListener("focusout", this.onLeave, { capture: true });
    }

    stop() {
        this._settle(Infinity);
        this.page.removeEventListener("keydown", this.onDown, { capture: true });
        this.page.removeEventListener("keyup", this.onUp, { capture: true });
        this.page.removeEventListener("focusout", this.onLeave, { capture: true });
    }

    _onDown(event) {
        // While an input method composes (Asian scripts, dead keys), the keys are its own.
        if (event.isComposing || event.key === "Process" || event.key === "Dead") {
            return;
        }
        const field = editableOf(event.target);
        const answer = this.reader.press(event, event.timeStamp, Boolean(field));
        giveBack(this.field, answer.giveBack);
        this.field = field;
        if (answer.swallow) {
            event.preventDefault();
            event.stopImmediatePropagation();
        }
        this._wait();
    }

    _wait() {
        clearTimeout(this.timer);
        if (this.reader.isHolding) {
            const due = performance.now() + GAP_MS + 1;
            this.timer = setTimeout(() => this._onSilence(due), GAP_MS + 1);
        }
    }

    _onSilence(due) {
        const isLate = performance.now() - due > LATE_MS;
        if (isLate || navigator.scheduling?.isInputPending?.()) {
            this._wait();
            return;
        }
        this._settle(performance.now());
        this._wait();
    }

    _settle(time) {
        clearTimeout(this.timer);
        giveBack(this.field, this.reader.poll(time));
    }
}

/** Find the field in which the keys would write. */
function editableOf(target) {
    const isWritten = target?.matches?.(
        "input:not([type=button], [type=checkbox], [type=radio], [type=submit], [type=range]), textarea"
    );
    return (isWritten && !target.readOnly) || target?.isContentEditable ? target : null;
}

/** Type a text into a field as a person would: at the caret, with its `input` event. */
function giveBack(field, text) {
    if (!text || !field?.isConnected) {
        return;
    }
    const page = field.ownerDocument;
    // The only way that keeps "undo" and works in fields of numbers, which have no caret to
    // ask for: https://developer.mozilla.org/docs/Web/API/Document/execCommand#inserttext
    const isTyped = page.activeElement === field && page.execCommand("insertText", false, text);
    if (!isTyped && "value" in field) {
        field.value += text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }
}
