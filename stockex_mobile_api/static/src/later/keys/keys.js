/** Keys of a ruggedised device: arrows go from one thing to the next, F keys press buttons. */

const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const WRITTEN = "input, select, textarea, [contenteditable]";
const REACHED = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled)";

/**
 * Listen to the keys of a document, until the returned function is called.
 *
 * A button says which key presses it by `aria-keyshortcuts`, which a screen reader tells.
 *
 * @param {Document} page
 * @returns {() => void}
 */
export function listenToKeys(page) {
    const onKey = (event) => {
        if (event.ctrlKey || event.altKey || event.metaKey) {
            return;
        }
        const isDone = /^F\d+$/.test(event.key)
            ? press(page, event.key)
            : move(page, event.target, STEPS[event.key]);
        if (isDone) {
            event.preventDefault();
        }
    };
    page.addEventListener("keydown", onKey);
    return () => page.removeEventListener("keydown", onKey);
}

function press(page, key) {
    const button = [...page.querySelectorAll(`[aria-keyshortcuts="${key}"]`)].find(isReached);
    button?.click();
    return Boolean(button);
}

function move(page, from, step) {
    if (!step || from.matches?.(WRITTEN)) {
        return false;
    }
    const all = [...page.querySelectorAll(REACHED)].filter(isReached);
    const at = all.indexOf(from);
    const next = at < 0 ? all.at(step > 0 ? 0 : -1) : all[at + step];
    next?.focus();
    return Boolean(next);
}

function isReached(node) {
    return !node.disabled && !node.closest("[inert]") && node.getClientRects().length > 0;
}
