import { useExternalListener } from "@odoo/owl";

import { ScanCapture } from "../scan_capture/scan_capture";
import { isTypedIn, rememberField } from "../scan_capture/typed_field";

const IS_QUANTITY = /^[0-9.,]$/;

/**
 * The keys of the counting list: scans wherever the focus is, a quantity typed after a
 * scan, and the shortcuts.
 *
 * @param {Object} on what to do: `scan(barcode)`, `typed(text)` while a quantity is typed
 *   outside of any field, `quantity(text)` when Enter ends it, `undo()`, `none()`, `units()`;
 *   `canType()` tells whether there is a scan whose quantity it may be
 */
export function useScanKeys(on) {
    const capture = new ScanCapture();
    let putBack = () => {};
    let typed = "";
    let typedBefore = "";

    function type(text) {
        typed = text;
        on.typed(text);
    }

    function end(event) {
        event.preventDefault();
        event.stopImmediatePropagation();
    }

    function onShortcut(event) {
        const isUndo = (event.ctrlKey || event.metaKey) && event.code === "KeyZ";
        if (isUndo && !event.shiftKey && !isTypedIn(event.target)) {
            end(event);
            on.undo();
        } else if (event.altKey && event.code === "Digit0") {
            end(event);
            on.none();
        } else if (event.altKey && event.code === "KeyU") {
            end(event);
            on.units();
        }
    }

    function onQuantityKey(event) {
        if (isTypedIn(event.target) || !on.canType()) {
            return;
        }
        if (IS_QUANTITY.test(event.key)) {
            end(event);
            type(typed + event.key);
        } else if (typed && event.key === "Backspace") {
            end(event);
            type(typed.slice(0, -1));
        } else if (typed && event.key === "Escape") {
            end(event);
            type("");
        } else if (typed && event.key === "Enter") {
            end(event);
            const text = typed;
            type("");
            on.quantity(text);
        }
    }

    function onKeydown(event) {
        // A dialog's fields are its own.
        if (document.querySelector(".o_dialog")) {
            capture.reset();
            return;
        }
        if (event.ctrlKey || event.altKey || event.metaKey) {
            onShortcut(event);
            return;
        }
        const barcode = capture.push(event.key, event.timeStamp);
        if (capture.isStart && event.key.length === 1) {
            putBack = rememberField(event.target);
            typedBefore = typed;
        }
        if (barcode) {
            end(event);
            putBack();
            type("");
            on.scan(barcode, typedBefore);
        } else {
            onQuantityKey(event);
        }
    }

    useExternalListener(window, "keydown", onKeydown, { capture: true });
}
