"""The check of translations catches each kind of fault; the merge keeps what is good."""

import polib
import pytest

from dev import i18n


def _po(*entries: tuple[str, str], **more) -> polib.POFile:
    po = polib.POFile()
    po.extend(polib.POEntry(msgid=source, msgstr=text, **more) for source, text in entries)
    return po


@pytest.mark.parametrize(
    ("source", "text", "fault"),
    [
        ("Count", "", "has no translation"),
        ("Count", "  ", "has no translation"),
        ("Count “%(line)s”", "Comptez « %(ligne)s »", "placeholders: %(ligne)s, %(line)s"),
        ("%s of %s", "%s", "placeholders: %s"),
        ("%(count)d lines", "Des lignes", "placeholders: %(count)d"),
        ("Hello {name}", "Bonjour {nom}", "placeholders: {name}, {nom}"),
        ("<b>Count</b>", "Comptage", "tags: b"),
        ("Count ", "Comptage", "spaces"),
    ],
)
def test_a_faulty_entry_is_caught(source, text, fault):
    found = list(i18n.problems(_po((source, text))))

    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Count “%(line)s”", "Comptez « %(line)s »"),
        ("0.05 is 5 % of the stock", "0,05 vaut 5 % du stock"),
        ("%(a)s before %(b)s", "%(b)s après %(a)s"),
        ("A <b>small</b> <i>word</i>", "Un <i>mot</i> <b>petit</b>"),
        ("Lot", "Lot"),
    ],
)
def test_a_good_entry_is_left_alone(source, text):
    assert list(i18n.problems(_po((source, text)))) == []


def test_a_fuzzy_entry_is_caught():
    assert list(i18n.problems(_po(("Count", "Comptage"), flags=["fuzzy"]))) == ["“Count” is fuzzy"]


def test_an_entry_left_behind_is_caught():
    found = list(i18n.problems(_po(("Count", "Comptage"), obsolete=True)))

    assert found == ["“Count” is left over from another version"]


def test_a_missing_plural_is_caught():
    po = polib.POFile()
    po.append(polib.POEntry(msgid="line", msgid_plural="lines", msgstr_plural={0: "ligne", 1: ""}))

    assert list(i18n.problems(po)) == ["“line” has no translation"]


def test_terms_that_template_and_translation_do_not_share_are_caught():
    found = list(i18n.problems(_po(("Old", "Vieux")), {"New"}))

    assert found == ["“New” is missing", "“Old” is no term of the addon"]


def test_a_merge_keeps_the_translation_and_takes_the_place_from_the_template():
    template = _po(("Count", ""), occurrences=[("model:ir.ui.menu,name:stockex.x", "0")])

    merged = i18n.merge(template, _po(("Count", "Comptage")), {})

    assert [(entry.msgid, entry.msgstr) for entry in merged] == [("Count", "Comptage")]
    assert merged[0].occurrences == [("model:ir.ui.menu,name:stockex.x", "0")]


def test_a_merge_leaves_a_changed_term_empty_and_drops_the_old_one():
    merged = i18n.merge(_po(("Count twice", "")), _po(("Count once", "Comptez une fois")), {})

    assert [(entry.msgid, entry.msgstr, entry.flags) for entry in merged] == [
        ("Count twice", "", [])
    ]


def test_a_merge_takes_an_equal_term_from_another_addon():
    merged = i18n.merge(_po(("Lot", ""), ("Bin", "")), None, {"Lot": "Lot"})

    assert {entry.msgid: entry.msgstr for entry in merged} == {"Lot": "Lot", "Bin": ""}


def test_a_merge_does_not_hide_that_an_entry_was_fuzzy():
    merged = i18n.merge(_po(("Count", "")), _po(("Count", "Comptage"), flags=["fuzzy"]), {})

    assert list(i18n.problems(merged)) == ["“Count” is fuzzy"]


def test_the_check_of_a_checkout_names_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(i18n.places, "ROOT", tmp_path)
    for addon, text in (("stockex", "Comptage"), ("stockex_crm", "")):
        (tmp_path / addon / "i18n").mkdir(parents=True)
        (tmp_path / addon / "__manifest__.py").write_text("{}")
        _po(("Count", "")).save(str(tmp_path / addon / "i18n" / f"{addon}.pot"))
        _po(("Count", text)).save(str(tmp_path / addon / "i18n" / "fr.po"))
    (tmp_path / "stockex_pricing").mkdir()
    (tmp_path / "stockex_pricing" / "__manifest__.py").write_text("{}")

    assert i18n.check() == [
        "stockex_pricing/i18n/stockex_pricing.pot is missing: make i18n",
        "stockex_crm/i18n/fr.po: “Count” has no translation",
    ]


def test_the_french_of_this_checkout_is_complete():
    assert i18n.check() == []
