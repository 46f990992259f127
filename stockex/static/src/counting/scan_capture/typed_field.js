const NOT_TYPED_IN = ["button", "checkbox", "color", "file", "image", "radio", "range", "submit"];

/** Whether keys pressed there are text. */
export function isTypedIn(element) {
    return (
        element?.isContentEditable ||
        ["TEXTAREA", "SELECT"].includes(element?.tagName) ||
        (element?.tagName === "INPUT" && !NOT_TYPED_IN.includes(element.type))
    );
}

/**
 * Remember a field as it is before a key that may be the first of a scan.
 *
 * @returns {() => void} puts it back: text, selection, and what Odoo knows of it
 */
export function rememberField(element) {
    if (!["INPUT", "TEXTAREA"].includes(element?.tagName) || !isTypedIn(element)) {
        return () => {};
    }
    const { value, selectionStart, selectionEnd } = element;
    return () => {
        if (element.value === value) {
            return;
        }
        element.value = value;
        element.dispatchEvent(new InputEvent("input", { bubbles: true }));
        if (selectionStart !== null) {
            element.setSelectionRange(selectionStart, selectionEnd);
        }
    };
}
