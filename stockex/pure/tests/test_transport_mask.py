"""Nothing that is shown of a call tells a secret."""

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..transport.mask import HIDDEN, mask_headers, mask_text, place_of

SECRETS = st.text(st.characters(blacklist_categories=("Cs",)), min_size=4, max_size=40).filter(
    lambda text: text not in HIDDEN * 20 and len(set(text)) > 3 and not text.isspace()
)


def test_telling_headers_are_hidden_and_others_stay():
    shown = mask_headers(
        {
            "Authorization": "Bearer abcdef",
            "X-Api-Key": "abcdef",
            "Cookie": "a=b",
            "Set-Cookie": "a=b",
            "X-Auth-Token": "abcdef",
            "Content-Type": "application/json",
            "webhook-signature": "v1,abc=",
            "X-Trace": "id hunter22 end",
        },
        ["hunter22"],
    )

    assert shown == {
        **dict.fromkeys(
            ("Authorization", "X-Api-Key", "Cookie", "Set-Cookie", "X-Auth-Token"), HIDDEN
        ),
        "Content-Type": "application/json",
        "webhook-signature": "v1,abc=",
        "X-Trace": f"id {HIDDEN} end",
    }


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://x.example/bot?token=abc&page=2", f"https://x.example/bot?token={HIDDEN}&page=2"),
        ("https://ann:pw@x.example/", f"https://{HIDDEN}@x.example/"),
        ("client_secret=abc&grant=x", f"client_secret={HIDDEN}&grant=x"),
        ('{"api_key": "a\\"b", "n": 1}', f'{{"api_key": "{HIDDEN}", "n": 1}}'),
        ('{"Password":"abc"}', f'{{"Password":"{HIDDEN}"}}'),
        ("product=bolt&count=3", "product=bolt&count=3"),
        ('{"session": "CNT/1"}', '{"session": "CNT/1"}'),
    ],
)
def test_values_under_telling_names_are_hidden(text, shown):
    assert mask_text(text) == shown


@given(SECRETS)
def test_a_known_secret_is_hidden_however_it_is_written(secret):
    for text in (
        f"before {secret} after",
        f"https://x.example/{quote(secret, safe='')}/send",
        urlencode({"to": secret}),
        json.dumps({"to": secret}),
        json.dumps({"to": secret}, ensure_ascii=False),
    ):
        shown = mask_text(text, [secret])
        assert HIDDEN in shown
        assert secret not in shown.replace(HIDDEN, "")


def test_a_secret_within_another_leaves_no_rest():
    assert mask_text("abcdefgh", ["abcd", "abcdefgh"]) == HIDDEN


def test_an_empty_or_short_secret_hides_nothing():
    assert mask_text("abc", ["", "a", "abc"]) == "abc"


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://u:p@x.example:8443/secret?a=b", "https://x.example:8443"),
        ("http://x.example/secret", "http://x.example"),
        ("/path", ""),
        ("http://[::1", ""),
        ("http://x:99999999/", ""),
    ],
)
def test_a_place_tells_no_path(url, place):
    assert place_of(url) == place
