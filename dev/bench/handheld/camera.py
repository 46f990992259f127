"""Decoding of camera pictures: pictures of 1280 by 720 with a sample symbol each."""

import statistics
from typing import Any

from dev.lib import places
from dev.lib.say import line
from tests.scanning import pictures
from tests.scanning.chromium import chromium, open_page
from tests.scanning.page import Site

from ..rows import Row, Target
from .device import SLOWED

LIMIT_MS = 500
ZXING_JS = "odoo/addons/web/static/lib/zxing-library/zxing-library.js"
# Chromium slows the page's thread only: slowed, the same decoder runs there.
OURS = """async () => {
    const zxing = await import("/stockex_mobile_api/static/lib/zxing-wasm/es/reader/index.js");
    const { Decoder } = await import("/stockex_mobile_api/static/src/app/worker/decoder.js");
    await zxing.prepareZXingModule({
        overrides: { locateFile: () => WORKER_FILES.at(-1) }, fireImmediately: true,
    });
    const decoder = new Decoder(zxing);
    window.read = async (context, thorough) => {
        const codes = await decoder.decode(context.getImageData(0, 0, 1280, 720), thorough);
        return codes.map((code) => code.text);
    };
}"""
# As `ZXingBarcodeDetector.js` of Odoo's web client asks it.
ODOO = """() => {
    const names = ["AZTEC", "CODE_39", "CODE_128", "DATA_MATRIX", "EAN_8", "EAN_13", "ITF",
        "PDF_417", "QR_CODE", "UPC_A", "UPC_E"];
    const reader = new ZXing.MultiFormatReader();
    reader.setHints(new Map([
        [ZXing.DecodeHintType.POSSIBLE_FORMATS, names.map((name) => ZXing.BarcodeFormat[name])],
        [ZXing.DecodeHintType.TRY_HARDER, true],
    ]));
    window.read = (context) => {
        const source = new ZXing.HTMLCanvasElementLuminanceSource(context.canvas);
        try {
            const bitmap = new ZXing.BinaryBitmap(new ZXing.HybridBinarizer(source));
            return [reader.decodeWithState(bitmap).getText()];
        } catch {
            return [];
        }
    };
}"""
DECODE = """async ([url, thorough]) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: 1280, height: 720 });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const began = performance.now();
    context.drawImage(image, 0, 0);
    const texts = await read(context, thorough);
    return [texts, performance.now() - began];
}"""
WAYS = {"quick": (OURS, False), "thorough": (OURS, True), "odoo": (ODOO, True)}


def rows() -> list[Row]:
    """Measure the decoding of each sample; no rows where they are not kept."""
    samples = pictures.samples()
    if not samples:
        line("    the sample pictures are not here: the camera is not measured")
        return []
    frames = [(one.text, pictures.data_url(pictures.frame([one.picture()]))) for one in samples]
    found = {}
    with Site([]) as site, chromium() as browser:
        for name, (script, thorough) in WAYS.items():
            page = open_page(browser, site)
            page.add_script_tag(path=places.odoo_packages_dir() / ZXING_JS)
            page.evaluate(script)
            throttle = page.context.new_cdp_session(page)
            throttle.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
            found[name] = _decoded(page, frames, thorough)
            page.context.close()
    return _rows(found, len(samples))


def _decoded(page: Any, frames: list[tuple[str, str]], thorough: bool) -> tuple[list[float], int]:
    """Return the ms that each frame took, and how many were read."""
    page.evaluate(DECODE, [frames[0][1], thorough])
    times, read = [], 0
    for text, url in frames:
        texts, milliseconds = page.evaluate(DECODE, [url, thorough])
        times.append(milliseconds)
        read += any(one.endswith(text) for one in texts)
    return times, read


def _rows(found: dict[str, tuple[list[float], int]], count: int) -> list[Row]:
    peer = "Odoo's zxing-js"
    theirs, theirs_read = found["odoo"]
    made = []
    for name, target in (("thorough", Target(LIMIT_MS)), ("quick", None)):
        times, read = found[name]
        title = f"Camera, a {name} pass, slowed {SLOWED} times"
        made += [
            Row(
                f"{title}: median",
                statistics.median(times),
                "ms",
                peer=peer,
                peer_figure=statistics.median(theirs),
            ),
            Row(
                f"{title}: 95 of 100",
                _p95(times),
                "ms",
                peer=peer,
                peer_figure=_p95(theirs),
                target=target,
            ),
            Row(f"  symbols read of {count}", read, "", peer=peer, peer_figure=theirs_read),
        ]
    return made


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]
