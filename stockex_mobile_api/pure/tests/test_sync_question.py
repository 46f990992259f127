from datetime import datetime, timedelta

import pytest

from ..sync.lookup import LookupInvalid, lot_state, read_question, retail_forms, words_of

NOW = datetime(2026, 11, 21, 12)
DAY = timedelta(days=1)
NO_DATES = dict.fromkeys(("expires", "removal", "best_before", "alert"))


@pytest.mark.parametrize(
    ("sent", "record"),
    [
        ({"code": "370", "device": "d", "protocol": 1}, None),
        ({"code": "Bolt", "typed": True}, None),
        ({"product": 7}, ("product", 7)),
        ({"lot": 8}, ("lot", 8)),
        ({"location": 9.0}, ("location", 9)),
        ({"package": 2**31 - 1}, ("package", 2**31 - 1)),
    ],
)
def test_a_question_is_about_one_thing(sent, record):
    assert read_question(sent).record == record


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"code": ""},
        {"code": " \t\r\n"},
        {"code": "\u200b"},
        {"code": "a\x00b"},
        {"code": "x" * 501},
        {"code": 370},
        {"code": None},
        {"code": ["370"]},
        {"code": "\ud800"},
        {"product": 0},
        {"product": -1},
        {"product": 2**31},
        {"product": True},
        {"product": "7"},
        {"product": 7.5},
        {"product": float("nan")},
        {"product": 7, "lot": 8},
        {"code": "370", "product": 7},
        {"code": "370", "typed": "yes"},
        {"code": "370", "gs1": {"gtin": "12; DROP"}},
        {"code": "370", "gs1": {"lot": "x" * 91}},
        {"code": "370", "gs1": {"lot": "a\x00"}},
        {"code": "370", "gs1": "0100"},
    ],
)
def test_what_cannot_be_asked_is_named(sent):
    with pytest.raises(LookupInvalid) as caught:
        read_question(sent)
    assert str(caught.value)


def test_the_longest_code_and_an_unknown_property_are_read():
    question = read_question({"code": "x" * 500, "something_newer": 1})

    assert (len(question.code), question.typed, question.gs1) == (500, False, None)


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("4006381333931", ("4006381333931", "04006381333931")),
        ("04006381333931", ("04006381333931", "4006381333931")),
        ("036000291452", ("036000291452", "00036000291452", "0036000291452")),
        ("0036000291452", ("0036000291452", "00036000291452", "036000291452")),
        ("96385074", ("96385074", "00000096385074", "0000096385074", "000096385074")),
        ("4006381333932", ("4006381333932",)),
        ("40063813339", ("40063813339",)),
        ("BOLT-13 signs", ("BOLT-13 signs",)),
        ("٤٠٠٦٣٨١٣٣٣٩٣١", ("٤٠٠٦٣٨١٣٣٣٩٣١",)),
        ("", ("",)),
    ],
)
def test_a_retail_code_is_looked_for_in_each_of_its_lengths(code, forms):
    assert retail_forms(code) == forms


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        ({}, None),
        ({"expires": NOW + DAY}, "good"),
        ({"expires": NOW}, "expired"),
        ({"expires": NOW - DAY, "removal": NOW - 2 * DAY}, "expired"),
        ({"expires": NOW + DAY, "removal": NOW - DAY}, "remove"),
        ({"expires": NOW + DAY, "best_before": NOW - DAY, "alert": NOW}, "past_best_before"),
        ({"expires": NOW + DAY, "alert": NOW}, "expires_soon"),
        ({"alert": NOW + DAY}, "good"),
    ],
)
def test_a_lot_is_as_fresh_as_the_gravest_date_that_has_come(dates, state):
    assert lot_state(NOW, **(NO_DATES | dates)) == state


def test_of_a_long_text_the_first_words_are_looked_for():
    assert words_of("  blue   bolt ") == ["blue", "bolt"]
    assert len(words_of("a " * 100)) == 6
