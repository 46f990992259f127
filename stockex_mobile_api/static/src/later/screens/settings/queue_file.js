/** What was not sent, as a file: the last way out of a device that cannot send. */

import { wire } from "../../../app/sync/ops.js";

/**
 * Write the unsent operations of everybody on this device, photos with them.
 *
 * @param {Object} services
 * @param {Date} now
 * @returns {Promise<File>}
 */
export async function queueFile({ queue, photos, device, me }, now) {
    const ops = (await queue.waiting()).map((kept) => ({ user: kept.user, ...wire(kept) }));
    const pictures = [];
    for (const kept of photos.unsent) {
        // One after the other: each is a megabyte in memory.
        // eslint-disable-next-line no-await-in-loop
        pictures.push({ user: kept.user, ...(await photos.wire(kept)) });
    }
    const content = {
        format: "stockex-handheld-queue",
        version: 1,
        made_at: now.toISOString(),
        device,
        user: me?.user ?? null,
        company: me?.company ?? null,
        ops: [...ops, ...pictures],
    };
    const name = `stockex-queue-${now.toISOString().slice(0, 19).replaceAll(":", "")}.json`;
    return new File([JSON.stringify(content)], name, { type: "application/json" });
}

/** Hand a file over: to another application where the device can, else as a download. */
export async function giveFile(file, { navigator, document, URL }) {
    if (navigator.canShare?.({ files: [file] })) {
        try {
            await navigator.share({ files: [file], title: file.name });
            return;
        } catch (error) {
            if (error.name === "AbortError") {
                return;
            }
        }
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
