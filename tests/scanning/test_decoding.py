"""What the handheld's decoder finds in pictures, and how long it takes."""

from statistics import median, quantiles

import pytest

from . import pictures, symbols
from .chromium import chromium, open_page
from .page import Site

LIMIT_MS = 500
ONCE_MORE = 3
SLOWED = 4
SAMPLES = pictures.samples()
GS = "\x1d"

START = "async () => { window.decoding = new Decoding(); return await decoding.start(); }"
# Chromium slows the page's thread only: slowed, the same decoder runs there.
START_HERE = """async () => {
    const zxing = await import("/stockex_mobile_api/static/lib/zxing-wasm/es/reader/index.js");
    const { Decoder } = await import("/stockex_mobile_api/static/src/app/worker/decoder.js");
    await zxing.prepareZXingModule({
        overrides: { locateFile: () => WORKER_FILES.at(-1) }, fireImmediately: true,
    });
    const decoder = new Decoder(zxing);
    const canvas = new OffscreenCanvas(1280, 720);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    window.decoding = { async decode(picture, thorough) {
        const began = performance.now();
        context.drawImage(picture, 0, 0);
        const codes = await decoder.decode(context.getImageData(0, 0, 1280, 720), thorough);
        return { codes, ms: performance.now() - began };
    } };
    return true;
}"""
DECODE = """async ([url, thorough]) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const picture = await createImageBitmap(image);
    const began = performance.now();
    const { codes } = await decoding.decode(picture, thorough);
    return [codes.map(({ text, format }) => [text, format]), performance.now() - began];
}"""


@pytest.fixture(scope="module")
def site():
    with Site([]) as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser, site):
    page = open_page(browser, site)
    assert page.evaluate(START)
    yield page
    page.context.close()


def read(page, image, thorough=True):
    """Return the codes of a picture: (text, format)."""
    found, _ms = page.evaluate(DECODE, [pictures.data_url(image), thorough])
    return sorted((text, kind) for text, kind in found)


def quickest(page, image, thorough):
    """Decode a few times: the neighbours on this machine only ever add time."""
    url = pictures.data_url(image)
    runs = [page.evaluate(DECODE, [url, thorough]) for _ in range(ONCE_MORE)]
    return [text for text, _kind in runs[0][0]], min(ms for _found, ms in runs)


def figures(times):
    p95 = quantiles(times, n=20)[-1]
    return f"p50 {median(times):.0f} ms, p95 {p95:.0f} ms, max {max(times):.0f} ms"


def test_several_symbols_of_all_kinds_are_read_from_one_view(page):
    gs1 = f"010950600013435210AB{symbols.FNC1}21X7"
    link = "https://id.gs1.org/01/09506000134352/10/ABC"
    views = [
        {
            ("4006381333931", "ean13"): symbols.ean13("4006381333931"),
            (link, "qr"): symbols.qr(link),
            ("HELLO 123", "datamatrix"): symbols.datamatrix("HELLO 123"),
        },
        {
            (f"]C1{gs1.replace(symbols.FNC1, GS)}", "code128"): symbols.code128(symbols.FNC1 + gs1),
            ("LOC-A-01", "code128"): symbols.code128("LOC-A-01"),
        },
    ]

    for view in views:
        for thorough in (False, True):
            assert read(page, pictures.frame(view.values()), thorough) == sorted(view), thorough


def test_a_symbol_on_its_side_or_upside_down_is_read_by_the_thorough_pass(page):
    image = symbols.ean13("4006381333931")

    for degrees in (90, 180, 270):
        turned = image.rotate(degrees, expand=True)
        assert read(page, pictures.frame([turned])) == [("4006381333931", "ean13")], degrees


def test_a_view_without_a_symbol_has_no_code(page):
    for thorough in (False, True):
        assert read(page, pictures.frame([]), thorough) == []


@pytest.mark.skipif(not SAMPLES, reason="the sample pictures are not here")
@pytest.mark.parametrize("slowed", [1, SLOWED])
def test_each_sample_is_read_within_half_a_second(browser, site, slowed, request):
    page = open_page(browser, site)
    assert page.evaluate(START if slowed == 1 else START_HERE)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    missed: dict[bool, list[str]] = {False: [], True: []}
    times: dict[bool, list[float]] = {False: [], True: []}

    for sample in SAMPLES:
        image = pictures.frame([sample.picture()])
        for thorough in (False, True):
            texts, ms = quickest(page, image, thorough)
            times[thorough].append(ms)
            if not any(text.endswith(sample.text) for text in texts):
                missed[thorough].append(sample.name)
    page.context.close()

    request.node.user_properties.append(("quick", figures(times[False])))
    request.node.user_properties.append(("thorough", figures(times[True])))
    assert missed[True] == []
    assert len(missed[False]) <= len(SAMPLES) // 10
    assert quantiles(times[True], n=20)[-1] <= LIMIT_MS
