"""What the chat services get exactly: addresses, identification, escaping, lengths."""

import json
import re

import pytest

from stockex import notifiers
from stockex.notifiers.base import AddressFault

from .helpers import CREDENTIALS, field, send

HOSTILE = "Bolt <b>M8</b> & <!channel> @everyone <@123> *x* _y_ `z` [a](http://evil.example) # 1"


# --- Slack ---


def test_slack_by_webhook_posts_blocks_without_markup():
    request = send("slack", text=HOSTILE, severity="critical")

    assert request.url == CREDENTIALS["slack"]["webhook_url"]
    assert "channel" not in request.json
    header, section, link = request.json["blocks"]
    assert header["text"] == {
        "type": "plain_text",
        "text": "🚨 Count “Aisle 4” posted",
        "emoji": False,
    }
    assert section["text"]["type"] == "plain_text"
    assert section["text"]["text"] == (
        HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    )
    assert link["text"]["text"] == "<https://erp.example.com/odoo/stockex-counts/7|Open>"
    assert "<!channel>" not in json.dumps(request.json)


def test_slack_with_a_bot_reaches_a_member():
    request = send("slack", {"token": "xoxb-s3cret"})

    assert request.url == "/api/chat.postMessage"
    assert request.headers == {"Authorization": "Bearer xoxb-s3cret"}
    assert request.json["channel"] == "U012AB3CD"


def test_slack_with_a_bot_and_no_address_uses_the_webhook():
    assert send("slack", {"token": "xoxb-s3cret"}, recipient="").url.startswith("https://hooks.")


def test_a_link_cannot_end_early_in_slack():
    link = send("slack", url="https://erp.example.com/a|b>c?x=1&y=2", link_label="A > B")

    assert link.json["blocks"][-1]["text"]["text"] == (
        "<https://erp.example.com/a%7Cb%3Ec?x=1&amp;y=2|A &gt; B>"
    )


@pytest.mark.parametrize("text", ["&" * 5000, "a&b " * 2000, "x" * 5000])
def test_slack_texts_stay_within_their_limits_and_escapes_whole(text):
    blocks = send("slack", text=text, subject=text).json["blocks"]

    assert len(blocks[0]["text"]["text"]) <= 150
    assert 2900 < len(blocks[1]["text"]["text"]) <= 3000
    for block in blocks[:2]:
        assert block["text"]["text"].endswith("…")
        assert not re.search("&(?!amp;)", block["text"]["text"])


@pytest.mark.parametrize("address", ["bob", "@bob", "U12", "#", "#a b", "c012ab3cd", ""])
def test_slack_takes_ids_and_channels_only(address):
    with pytest.raises(AddressFault):
        notifiers.service("slack").clean_address(address)


# --- Teams ---


def test_teams_gets_one_adaptive_card_whose_texts_are_literal():
    request = send("teams", text=HOSTILE, severity="warning")

    assert request.url == CREDENTIALS["teams"]["webhook_url"]
    assert request.json["type"] == "message"
    [attachment] = request.json["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    [title], [text] = (block["inlines"] for block in card["body"])
    assert {block["type"] for block in card["body"]} == {"RichTextBlock"}
    assert (title["text"], title["color"]) == ("Count “Aisle 4” posted", "warning")
    assert text["text"] == HOSTILE
    assert card["actions"] == [
        {
            "type": "Action.OpenUrl",
            "title": "Open",
            "url": "https://erp.example.com/odoo/stockex-counts/7",
        }
    ]


def test_a_card_without_an_address_has_no_button():
    card = send("teams", url="").json["attachments"][0]["content"]

    assert "actions" not in card


def test_teams_takes_28_kilobytes_whatever_the_letters():
    assert len(json.dumps(send("teams", text="é€👍" * 20_000).json)) < 28_000


@pytest.mark.parametrize(
    "url",
    [
        "https://contoso.webhook.office.com/webhookb2/a@b/IncomingWebhook/c/d?sig=e",
        "https://outlook.office.com/webhook/a?sig=b",
        "https://prod-1.westeurope.logic.azure.com/workflows/a/triggers/manual/paths/invoke",
        "http://prod-1.westeurope.logic.azure.com/workflows/a?sig=b",
        "not an address",
    ],
)
def test_retired_and_incomplete_addresses_of_teams_are_refused(url):
    assert not field("teams", "webhook_url").accepts(url)


def test_new_addresses_of_teams_are_taken():
    assert field("teams", "webhook_url").accepts(
        "https://default0a1b.2c.environment.api.powerplatform.com:443/powerautomate/automations/"
        "direct/workflows/a1/triggers/manual/paths/invoke?api-version=1&sp=x&sv=1.0&sig=abc_-1"
    )


# --- Discord ---


def test_discord_mentions_nobody_and_formats_nothing():
    request = send("discord", text=HOSTILE)

    assert request.url == CREDENTIALS["discord"]["webhook_url"]
    assert request.params == {"wait": "true"}
    assert request.json["allowed_mentions"] == {"parse": []}
    [embed] = request.json["embeds"]
    assert embed["title"] == "Count “Aisle 4” posted"
    assert embed["url"] == "https://erp.example.com/odoo/stockex-counts/7"
    said = embed["description"]
    assert "@everyone" not in said
    assert "\\<@123" in said
    assert "\\*x\\* \\_y\\_ \\`z\\` \\[a\\]" in said
    assert re.sub(r"\\([^A-Za-z0-9\s])", r"\1", said).replace("\u200b", "") == HOSTILE


def test_addresses_in_a_discord_text_still_work():
    said = send("discord", text="see https://erp.example.com/a_b_c and c_d\n1. x")

    assert said.json["embeds"][0]["description"] == (
        "see https://erp.example.com/a_b_c and c\\_d\n1\\. x"
    )


@pytest.mark.parametrize("text", ["*" * 9000, "👍" * 9000, "word_ " * 2000])
def test_discord_texts_stay_within_their_limits_and_escapes_whole(text):
    [embed] = send("discord", text=text, subject=text).json["embeds"]

    assert len(embed["title"].encode("utf-16-le")) // 2 <= 256
    assert 4000 < len(embed["description"].encode("utf-16-le")) // 2 <= 4096
    assert not re.search(r"(?<!\\)(\\\\)*[*_]", embed["description"])
    assert embed["description"].endswith("…")


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://discord.com/api/webhooks/1/a-B_c", True),
        ("https://canary.discord.com/api/v10/webhooks/1/a", True),
        ("https://discord.com.evil.example/api/webhooks/1/a", False),
        ("https://discord.com/channels/1/2", False),
    ],
)
def test_only_webhooks_of_discord_are_taken(url, fine):
    assert field("discord", "webhook_url").accepts(url) is fine


# --- Telegram ---


def test_telegram_gets_html_with_its_four_signs_escaped():
    request = send("telegram", text=HOSTILE, subject='A "b" <c>', severity="warning")

    assert request.url == "/bot123456789:AAtelegram-s3cret-s3cret/sendMessage"
    assert request.json["chat_id"] == "123456789"
    assert request.json["parse_mode"] == "HTML"
    escaped = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert request.json["text"] == (
        "<b>⚠️ A &quot;b&quot; &lt;c&gt;</b>\n"
        f"{escaped}\n"
        '<a href="https://erp.example.com/odoo/stockex-counts/7">Open</a>'
    )


@pytest.mark.parametrize("text", ["&" * 9000, "👍" * 9000, "x" * 9000])
def test_telegram_counts_what_is_shown(text):
    html = send("telegram", text=text, subject=text).json["text"]

    shown = re.sub(r"<[^>]+>", "", html).replace("&amp;", "&")
    assert 4000 < len(shown.encode("utf-16-le")) // 2 <= 4096
    assert html.endswith("Open</a>")
    assert not re.search("&(?!amp;)", html)


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        *(("123456789", True), ("-1001234567890", True), ("@stock_alerts", True)),
        *(("+33612345678", False), ("@ab", False), ("0", False), ("sana", False)),
    ],
)
def test_telegram_takes_chat_ids_and_channel_names(address, fine):
    if fine:
        assert notifiers.service("telegram").clean_address(f" {address} ") == address
    else:
        with pytest.raises(AddressFault):
            notifiers.service("telegram").clean_address(address)


def test_slack_needs_a_bot_for_members_and_either_for_a_channel():
    slack = notifiers.service("slack")

    def needed(given, shared):
        return [one.name for one in slack.missing(given, shared=shared)]

    assert needed([], True) == ["webhook_url"]
    assert needed([], False) == needed(["webhook_url"], False) == ["token"]
    assert needed(["webhook_url"], True) == needed(["token"], True) == []
    assert not slack.wants_address(["webhook_url"], shared=True)
    assert slack.wants_address(["token"], shared=True)
    assert slack.wants_address(["token", "webhook_url"], shared=False)
