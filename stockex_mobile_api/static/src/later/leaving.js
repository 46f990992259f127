/** Scans that come while a screen gives way to the next one are for that one. */

import { onWillUnmount } from "@odoo/owl";

const PATIENCE_MS = 5000;

/**
 * @param {import("../app/scan/hub").ScanHub} hub
 * @returns {{go: (hash: string) => void, passOn: (scan: Object) => Promise<boolean>}} `go`
 *     leaves the screen, and the way back does not lead to it; `passOn` answers whether a
 *     scan was handed to the screen that came
 */
export function useLeaving(hub) {
    let left = null;
    let tell = () => {};
    onWillUnmount(() => tell());
    return {
        go: (hash) => {
            left ??= new Promise((resolve) => {
                tell = resolve;
                setTimeout(resolve, PATIENCE_MS);
            });
            location.replace(hash);
        },
        passOn: async (scan) => {
            if (!left) {
                return false;
            }
            await left;
            hub.emit(scan);
            return true;
        },
    };
}
