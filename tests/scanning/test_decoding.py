"""What the handheld's decoder finds in pictures."""

import pytest

from . import pictures, symbols
from .chromium import chromium, open_page
from .page import Site

SAMPLES = pictures.samples()
GS = "\x1d"

START = "async () => { window.decoding = new Decoding(); return await decoding.start(); }"
DECODE = """async ([url, thorough]) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const picture = await createImageBitmap(image);
    const { codes } = await decoding.decode(picture, thorough);
    return codes.map(({ text, format }) => [text, format]);
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
    found = page.evaluate(DECODE, [pictures.data_url(image), thorough])
    return sorted((text, kind) for text, kind in found)


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
def test_each_sample_is_read_by_the_thorough_pass_and_most_by_the_quick_one(page):
    missed: dict[bool, list[str]] = {False: [], True: []}

    for sample in SAMPLES:
        image = pictures.frame([sample.picture()])
        for thorough in (False, True):
            texts = [text for text, _kind in read(page, image, thorough)]
            if not any(text.endswith(sample.text) for text in texts):
                missed[thorough].append(sample.name)

    assert missed[True] == []
    assert len(missed[False]) <= len(SAMPLES) // 10
