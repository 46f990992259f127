"""What the services for SMS and the generic webhook get exactly."""

from datetime import timedelta

import pytest
from standardwebhooks import Webhook

from stockex import notifiers
from stockex.notifiers.base import AddressFault
from stockex.pure.notify.sms_text import segments

from .helpers import KEY, NOW, PHONE, SECRET, field, send

HOSTILE = "Bolt <b>M8</b> & <!channel> @everyone <@123> *x* _y_ `z` [a](http://evil.example) # 1"


# --- SMS ---


def test_twilio_gets_a_form_and_basic_authentication():
    request = send("twilio")

    assert request.url == f"/2010-04-01/Accounts/AC{'0' * 32}/Messages.json"
    assert request.basic == ("AC" + "0" * 32, "twilio-s3cret-token")
    assert request.form == {
        "To": PHONE,
        "From": "+33644603000",
        "Body": 'Count "Aisle 4" posted: 12 lines differ, worth 1,240.50 EUR. '
        "https://erp.example.com/odoo/stockex-counts/7",
    }


def test_twilio_with_a_messaging_service_and_an_api_key():
    request = send("twilio", {"sender": "MG" + "a" * 32, "api_key": "SK" + "b" * 32})

    assert request.basic == ("SK" + "b" * 32, "twilio-s3cret-token")
    assert request.form["MessagingServiceSid"] == "MG" + "a" * 32
    assert "From" not in request.form


def test_vonage_gets_numbers_without_plus_and_our_key():
    request = send("vonage")

    assert (request.url, request.basic) == ("/v1/messages", ("a1b2c3d4", "vonage-s3cret"))
    assert request.json["to"] == "33612345678"
    assert request.json["from"] == "Stockex"
    assert (request.json["channel"], request.json["message_type"]) == ("sms", "text")
    assert request.json["client_ref"] == KEY


@pytest.mark.parametrize("text", ["word " * 900, "écarté ê " * 300, "👍" * 900])
def test_an_sms_costs_at_most_three(text):
    for body in (send("twilio", text=text).form["Body"], send("vonage", text=text).json["text"]):
        assert segments(body) == 3
        assert len(body) <= 1600
        assert body.endswith("... https://erp.example.com/odoo/stockex-counts/7")


@pytest.mark.parametrize("code", ["twilio", "vonage"])
def test_an_sms_goes_to_international_numbers(code):
    assert notifiers.service(code).clean_address("00 33 6-12-34-56-78") == PHONE
    with pytest.raises(AddressFault):
        notifiers.service(code).clean_address("0612345678")


# --- Webhook ---


def test_a_stranger_verifies_the_webhook(monkeypatch):
    monkeypatch.setattr(Webhook, "_Webhook__verify_timestamp", lambda _self, _value: NOW)

    request = send("webhook", text=HOSTILE)

    document = Webhook(SECRET).verify(request.body, dict(request.headers))
    assert request.headers["webhook-id"] == KEY
    assert request.headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert document == {
        "type": "notification.sent",
        "timestamp": "2026-03-02T09:30:00+00:00",
        "data": {
            "subject": "Count “Aisle 4” posted",
            "text": HOSTILE,
            "url": "https://erp.example.com/odoo/stockex-counts/7",
            "severity": "info",
        },
    }


def test_a_repetition_has_the_same_body_and_a_fresh_signature():
    later = NOW + timedelta(hours=2)

    first = send("webhook", written_at=NOW)
    second = send("webhook", written_at=NOW, sent_at=later)

    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert second.headers["webhook-timestamp"] == str(int(later.timestamp()))
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]


def test_while_a_secret_is_replaced_both_sign():
    old = SECRET
    new = "whsec_" + "QUJD" * 10

    request = send("webhook", {"secret": new, "previous_secret": old})

    first, second = request.headers["webhook-signature"].split(" ")
    assert second == send("webhook").headers["webhook-signature"]
    assert first != second


def test_an_unencrypted_address_needs_leave():
    url = field("webhook", "url")

    assert not url.accepts("http://192.168.1.20/hook")
    assert url.accepts("http://192.168.1.20/hook", plain_http=True)
    assert not url.accepts("ftp://192.168.1.20/hook", plain_http=True)
