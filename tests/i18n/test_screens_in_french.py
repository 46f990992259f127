"""No screen of the suite shows a French user an English text."""

import polib
import pytest

from dev.lib import places
from tests.support.rpc import Rpc
from tests.support.server import Server

from . import screens
from .screens import Seen


@pytest.fixture(scope="module")
def admin(server: Server) -> Rpc:
    return Rpc(server.url, server.db, "admin", "admin")


def test_no_english_term_stays_on_a_screen_in_french(admin: Rpc):
    english = screens.walk(admin, "en_US")
    french = screens.walk(admin, "fr_FR")

    found = screens.untranslated(english, french, screens.source_terms())

    assert len(french) > 100
    assert not found, "\n" + "\n".join(found)


def test_the_web_client_gets_the_french_of_the_suites_javascript(admin: Rpc):
    wanted = {
        (addon, entry.msgid)
        for addon in places.present_addons()
        for entry in polib.pofile(str(places.ROOT / addon / "i18n" / f"{addon}.pot"))
        if "odoo-javascript" in entry.comment
    }
    answer = admin.session.get(
        f"{admin.url}/web/webclient/translations",
        params={"mods": ",".join(places.present_addons()), "lang": "fr_FR"},
        timeout=60,
    ).json()
    there = {
        (addon, message["id"])
        for addon, terms in answer["modules"].items()
        for message in terms["messages"]
    }

    assert sorted(wanted - there) == []


def _seen(text: str, *, ours: bool = True) -> list[Seen]:
    return [Seen("stockex.a 1", "form", text, ours)]


def test_the_walk_catches_a_text_that_stays_english():
    for ours, terms in ((True, set()), (False, {"Count again"})):
        seen = _seen("Count again", ours=ours)

        assert screens.untranslated(seen, seen, terms) == ["stockex.a 1 · form: “Count again”"]


@pytest.mark.parametrize(
    ("english", "french", "ours"),
    [
        ("Count again", "Recompter", True),
        ("Session", "Session", True),
        ("%", "%", True),
        ("Sale", "Sale", False),
    ],
)
def test_the_walk_leaves_alone_what_is_french_the_same_or_odoos(english, french, ours):
    found = screens.untranslated(_seen(english, ours=ours), _seen(french, ours=ours), set())

    assert found == []


def test_a_view_gives_all_that_a_user_reads():
    arch = """<form string="Top"><button name="a" string="Go" confirm="Sure?" invisible="x"/>
        <field name="b" placeholder="Say it" class="o_x"/><p>One <b>two</b> three</p></form>"""

    texts = {text for _place, text in screens.arch_texts(arch)}

    assert texts == {"Go", "Sure?", "Say it", "One", "two", "three"}
