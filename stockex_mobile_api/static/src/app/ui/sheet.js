import { onMounted, onWillUnmount } from "@odoo/owl";

/**
 * What lies over a screen: the screen below rests, "back" of the device closes it, and the
 * focus returns to where it was.
 *
 * @param {{el: ?HTMLElement}} box the sheet
 * @param {() => any} close called by "back"
 */
export function useSheet(box, close) {
    const before = document.activeElement;
    let below = [];
    // A sheet may lie over another one: "back" closes the upper one alone.
    const depth = (history.state?.sheet ?? 0) + 1;
    const onBack = () => (history.state?.sheet ?? 0) < depth && close();
    onMounted(() => {
        below = [...box.el.parentElement.children].filter((one) => one !== box.el && !one.inert);
        below.forEach((one) => Object.assign(one, { inert: true }));
        history.pushState({ sheet: depth }, "");
        window.addEventListener("popstate", onBack);
    });
    onWillUnmount(() => {
        window.removeEventListener("popstate", onBack);
        below.forEach((one) => Object.assign(one, { inert: false }));
        if (history.state?.sheet === depth) {
            history.back();
        }
        if (before?.isConnected) {
            before.focus({ preventScroll: true });
        }
    });
}
