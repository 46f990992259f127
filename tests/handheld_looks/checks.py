"""What must hold on every screen, in every size, colour and language."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from dev.lib import places

AXE = places.ROOT / "dev" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = {"serious", "critical"}
TARGET_PX = 48

RUN_AXE = """async (rules) => {
    const options = { resultTypes: ["violations"], ...(rules && { runOnly: rules }) };
    const { violations } = await axe.run(document, options);
    return violations.map(({ id, impact, nodes }) => [
        id,
        impact,
        nodes.slice(0, 3).map((node) => node.target.join(" ") + ": " + node.failureSummary),
    ]);
}"""

MEASURE = """(target) => {
    const found = [];
    const shown = (node) => {
        const box = node.getBoundingClientRect();
        const style = getComputedStyle(node);
        return box.width > 0 && box.height > 0 && style.visibility !== "hidden"
            && style.clipPath !== "inset(50%)";
    };
    const name = (node) => {
        const text = (node.getAttribute("aria-label") || node.textContent || "").trim();
        return `${node.tagName.toLowerCase()}.${node.className} “${text.slice(0, 40)}”`;
    };
    const wide = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth > wide) {
        found.push(`the page is ${document.scrollingElement.scrollWidth} px wide on ${wide}`);
    }
    const hasText = (node) => [...node.childNodes].some(
        (child) => child.nodeType === 3 && child.data.trim());
    const scrolls = (node) => {
        for (let one = node; one; one = one.parentElement) {
            if (/auto|scroll/.test(getComputedStyle(one).overflowX)) {
                return true;
            }
        }
        return false;
    };
    for (const node of document.querySelectorAll("body *")) {
        // A map's labels are short; its list beside it has them in full.
        if (!shown(node) || node.closest("svg, .s_map")) {
            continue;
        }
        const box = node.getBoundingClientRect();
        const style = getComputedStyle(node);
        if ((box.right > wide + 1 || box.left < -1) && !scrolls(node)) {
            found.push(`${name(node)} leaves the screen`);
        }
        const clips = style.overflowX !== "visible" || style.textOverflow === "ellipsis";
        const isSmall = node.scrollWidth > node.clientWidth + 1;
        if (hasText(node) && style.display !== "inline" && isSmall
                && (clips || node.matches("button, a")) && !scrolls(node)) {
            found.push(`${name(node)} is cut off`);
        }
        const cutBelow = style.overflowY === "hidden" && node.scrollHeight > node.clientHeight + 2;
        if (hasText(node) && cutBelow) {
            found.push(`${name(node)} is cut off below`);
        }
    }
    const targets = "a[href], button, input, select, textarea, summary, [role=button]";
    for (const node of document.querySelectorAll(targets)) {
        const isBox = node.matches("input[type=checkbox], input[type=radio]");
        const box = ((isBox && node.closest("label")) || node).getBoundingClientRect();
        if (shown(node) && (box.width < target || box.height < target)) {
            found.push(`${name(node)} is ${Math.round(box.width)}×${Math.round(box.height)} px`);
        }
    }
    return found;
}"""

# Only text that the app itself writes: what was given as data is the same in any language.
TEXTS = """() => {
    const found = new Set();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const { data, parentElement } = walk.currentNode;
        if (!parentElement.closest("script, style, noscript, .o_data")) {
            found.add(data.trim());
        }
    }
    for (const node of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
        for (const name of ["aria-label", "title", "placeholder", "alt"]) {
            found.add((node.getAttribute(name) || "").trim());
        }
    }
    return [...found].filter((text) => /[a-z]{2}/i.test(text));
}"""

FOCUSED = """() => {
    const node = document.activeElement;
    if (!node || node === document.body) {
        return null;
    }
    const box = node.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const over = document.elementFromPoint(x, y);
    const style = getComputedStyle(node);
    const text = node.getAttribute("aria-label") || node.textContent.trim();
    return {
        name: `${node.tagName.toLowerCase()}.${node.className} “${text.slice(0, 40)}”`,
        isMarked: parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none",
        isSeen: Boolean(over) && (node.contains(over) || over.contains(node)),
        mark: (node.dataset.seen = (node.dataset.seen || "") + "x").length,
    };
}"""


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def axe(page: Page, rules: list[str] | None = None) -> list[str]:
    """Return what axe finds serious or critical; all its rules if none are named."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_axe() + ";0")
    found = page.evaluate(RUN_AXE, rules)
    return [f"{rule}: {nodes}" for rule, impact, nodes in found if impact in GRAVE]


def measures(page: Page) -> list[str]:
    """Return what is cut off, leaves the screen, or is too small for a thumb."""
    found: list[str] = page.evaluate(MEASURE, TARGET_PX)
    return found


def measures_of_large_text(page: Page) -> list[str]:
    """Return what does not fit when the user has text twice as large."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found: list[str] = page.evaluate(MEASURE, 0)
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def texts(page: Page) -> set[str]:
    """Return what can be read on a page, and what a screen reader says besides."""
    return set(page.evaluate(TEXTS))


def walk_by_keyboard(page: Page, most: int = 40) -> list[str]:
    """Press Tab from the beginning to the end; return what cannot be seen while focused."""
    page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }")
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        focused: dict[str, Any] | None = page.evaluate(FOCUSED)
        if focused is None or focused["mark"] > 1:
            break
        if not focused["isMarked"]:
            found.append(f"{focused['name']} does not show that it has the focus")
        if not focused["isSeen"]:
            found.append(f"{focused['name']} has the focus behind something")
    page.evaluate("document.querySelectorAll('[data-seen]').forEach((n) => delete n.dataset.seen)")
    return found
