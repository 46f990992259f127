/** Sizes as people read them. */

import { quantity } from "../app/ui/i18n.js";

/** Write a number of bytes: "345 KB", "1.2 MB". */
export function sizeText(bytes) {
    for (const [name, size, digits] of [
        ["GB", 1e9, 1],
        ["MB", 1e6, 1],
    ]) {
        if (bytes >= size) {
            return `${quantity(bytes / size, digits)} ${name}`;
        }
    }
    return `${quantity(Math.ceil(bytes / 1000), 0)} KB`;
}
