/** Makes a photo small enough to be sent over a poor line. */

/** What the server takes. */
export const MOST_BYTES = 1024 * 1024;
/** No camera's picture is larger; decoding more would end the page. */
export const MOST_FILE_BYTES = 50 * 1024 * 1024;
const QUALITIES = [0.85, 0.7, 0.55, 0.4];
const SMALLER = 0.7;
const LEAST_PX = 160;

/** A file that is no picture, or none that this browser can read. */
export class NoPicture extends Error {}

/** Return the size of a picture whose longer side is at most `most`; never larger than it is. */
export function sizeFor(width, height, most) {
    const scale = Math.min(1, most / Math.max(width, height));
    return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/**
 * Shrink a picture to a JPEG that the server takes. What a camera writes beside the picture
 * (place, owner, serial number) is not kept.
 *
 * @param {Blob | ImageBitmap} source a file, or a picture of the open camera
 * @param {Object} options
 * @param {number} options.px longer side
 * @param {(file: Blob) => Promise<ImageBitmap>} [options.decode] turns it upright
 * @param {(picture: ImageBitmap, width: number, height: number, quality: number) =>
 *     Promise<Blob>} [options.encode]
 * @returns {Promise<Blob>}
 * @throws {NoPicture}
 */
export async function shrink(source, { px, decode = upright, encode = jpeg }) {
    const picture = await opened(source, decode);
    try {
        for (let side = px; side >= LEAST_PX; side *= SMALLER) {
            const [width, height] = sizeFor(picture.width, picture.height, side);
            for (const quality of QUALITIES) {
                // One after the other: the first that is small enough is the best.
                // eslint-disable-next-line no-await-in-loop
                const blob = await encode(picture, width, height, quality);
                if (blob.size <= MOST_BYTES) {
                    return blob;
                }
            }
        }
        throw new NoPicture("too large");
    } finally {
        picture.close?.();
    }
}

async function opened(source, decode) {
    if ("width" in source) {
        return source;
    }
    if (source.size > MOST_FILE_BYTES) {
        throw new NoPicture("too large");
    }
    try {
        return await decode(source);
    } catch {
        throw new NoPicture(source.type);
    }
}

function upright(file) {
    return createImageBitmap(file, { imageOrientation: "from-image" });
}

async function jpeg(picture, width, height, quality) {
    if (globalThis.OffscreenCanvas) {
        const canvas = new OffscreenCanvas(width, height);
        draw(canvas, picture, width, height);
        return canvas.convertToBlob({ type: "image/jpeg", quality });
    }
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    draw(canvas, picture, width, height);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}

function draw(canvas, picture, width, height) {
    const context = canvas.getContext("2d");
    // JPEG knows no transparency: what is see-through would become black.
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, width, height);
    context.drawImage(picture, 0, 0, width, height);
}
