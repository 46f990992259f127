"""Every screen of the handheld, looked at: sizes, colours, languages, keyboard, large text."""

import os
from collections import defaultdict

import pytest

from dev.lib import places
from tests.scanning.chromium import chromium

from . import checks, terms
from .handheld import LANGUAGES, PHONE, SIZES, THEMES, Handheld
from .site import Site
from .states import STATES

ENGLISH, FRENCH = LANGUAGES
PICTURES = places.ROOT / ".screenshots" / "handheld"
WANTS_PICTURES = bool(os.environ.get("STOCKEX_PICTURES"))


class Looks:
    """What was found on each screen.

    :ivar faults: by state and language.
    :ivar read: what could be read, by state and language.
    """

    def __init__(self) -> None:
        self.faults: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.read: dict[tuple[str, str], set[str]] = {}
        self.errors: list[str] = []


@pytest.fixture(scope="module")
def looks():
    """Go through all states once in each language."""
    found = Looks()
    with Site() as site, chromium() as browser:
        for lang in LANGUAGES:
            device = Handheld(browser, site, lang)
            for one in STATES:
                one.reach(device)
                look_at(device, one.name, found)
            found.errors += device.errors
            device.close()
    return found


def look_at(device, name, found):
    """Turn and colour a screen in all ways; note what is wrong with it."""
    key = (name, device.lang)
    page = device.page
    found.read[key] = checks.texts(page)
    for size in SIZES:
        device.turn(size)
        found.faults[key] += [f"{size.name}: {fault}" for fault in checks.measures(page)]
        if WANTS_PICTURES:
            take_pictures(device, name, size)
    device.turn(PHONE)
    large = checks.measures_of_large_text(page)
    found.faults[key] += [f"large text: {fault}" for fault in large]
    if device.lang == ENGLISH:
        for theme in THEMES:
            device.colour(theme)
            # What a screen is made of is the same in other colours.
            rules = None if theme == THEMES[0] else ["color-contrast"]
            found.faults[key] += [f"{theme}: {fault}" for fault in checks.axe(page, rules)]
        device.colour("auto")
        found.faults[key] += [f"keyboard: {fault}" for fault in checks.walk_by_keyboard(page)]


def take_pictures(device, name, size):
    """Keep a picture in each colour."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for theme in THEMES:
        device.colour(theme)
        file = f"{name}-{size.name}-{theme}-{device.lang[:2]}.png"
        device.page.screenshot(path=PICTURES / file)
    device.colour("auto")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [one.name for one in STATES])
def test_nothing_is_cut_off_small_hidden_or_hard_to_read(looks, name, lang):
    assert looks.faults[name, lang] == []


@pytest.mark.parametrize("name", [one.name for one in STATES])
def test_a_french_screen_says_nothing_in_english(looks, name, request):
    wrong, missing = terms.english(looks.read[name, FRENCH], looks.read[name, ENGLISH])

    # A term that the French file lacks altogether is found by the check of that file.
    request.node.user_properties.append(("missing in French", sorted(missing)))
    assert wrong == set()


def test_no_screen_raises_an_error(looks):
    assert looks.errors == []
