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
    const onBack = () => close();
    onMounted(() => {
        below = [...box.el.parentElement.children].filter((one) => one !== box.el && !one.inert);
        below.forEach((one) => Object.assign(one, { inert: true }));
        history.pushState({ sheet: true }, "");
        window.addEventListener("popstate", onBack);
    });
    onWillUnmount(() => {
        window.removeEventListener("popstate", onBack);
        below.forEach((one) => Object.assign(one, { inert: false }));
        if (history.state?.sheet) {
            history.back();
        }
        if (before?.isConnected) {
            before.focus({ preventScroll: true });
        }
    });
}
