/** Dark, light or high contrast: the user's choice, or the device's. */

export const THEMES = ["auto", "light", "dark", "contrast"];

/** @param {Document} document */
export function applyTheme(document, { theme = "auto", left_handed = false, large = false }) {
    document.body.dataset.theme = THEMES.includes(theme) ? theme : "auto";
    document.body.dataset.hand = left_handed ? "left" : "right";
    document.body.dataset.text = large ? "large" : "normal";
}
