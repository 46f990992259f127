"""What every notification service declares, and how the registry finds them."""

import pytest

from stockex import notifiers
from stockex.notifiers.base import AddressFault, Credential, Internal, clean_phone, is_https

SERVICES = notifiers.services()


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.code)
def test_a_service_declares_what_the_generic_form_needs(service):
    assert service.code == service.code.lower()
    assert service.label
    assert service.per_user or service.shared
    assert service.steps
    assert all(step.endswith(".") for step in service.steps)
    names = [credential.name for credential in service.credentials]
    assert len(names) == len(set(names))
    assert all(credential.label for credential in service.credentials)


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.code)
def test_an_empty_address_is_refused_where_one_is_needed(service):
    if service.address is None:
        assert service.clean_address("  ") == ""
    else:
        with pytest.raises(AddressFault):
            service.clean_address("  ")


def test_odoo_delivers_four_services_itself():
    internal = {one.code: one.internal for one in SERVICES if isinstance(one, Internal)}

    assert internal == {"email": "email", "inbox": "inbox", "activity": "activity", "sms": "sms"}


def test_services_come_in_the_order_of_their_labels():
    labels = [service.label.lower() for service in SERVICES]

    assert labels == sorted(labels)


def test_an_unknown_code_is_an_error():
    with pytest.raises(KeyError):
        notifiers.service("pigeon")


def test_two_services_of_one_code_are_refused_and_the_first_stays():
    class Second(Internal):
        code = "email"
        label = "Another"

    first = notifiers.service("email")

    with pytest.raises(ValueError, match="two notification services have the code 'email'"):
        notifiers._add(Second())

    assert notifiers.service("email") is first


def test_finding_the_services_again_changes_nothing():
    before = notifiers.services()

    notifiers.discover("stockex.notifiers", list(notifiers.__path__))

    assert notifiers.services() == before


def test_required_credentials_are_missing_until_they_have_a_value():
    class Needy(Internal):
        code, label = "needy", "Needy"
        credentials = (
            Credential("key", "Key"),
            Credential("token", "Token", secret=True),
            Credential("extra", "Extra", required=False),
        )

    assert [one.name for one in Needy().missing([])] == ["key", "token"]
    assert [one.name for one in Needy().missing(["token"])] == ["key"]
    assert Needy().missing(["key", "token"]) == []


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("+33612345678", "+33612345678"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("0033 (6) 12.34.56-78", "+33612345678"),
        ("+212\u00a0661\u202f234567", "+212661234567"),
    ],
)
def test_a_phone_number_becomes_e164(typed, cleaned):
    assert clean_phone(typed) == cleaned


@pytest.mark.parametrize(
    "typed", ["0612345678", "+0612345678", "+33", "+3361234567890123", "+33x612345678", "call me"]
)
def test_what_is_no_international_number_is_refused(typed):
    with pytest.raises(AddressFault):
        clean_phone(typed)


@pytest.mark.parametrize(
    "typed", ["sana", "sana@", "@example.com", "a@b", "a@b.c,d@e.f", "a b@c.d"]
)
def test_what_is_no_single_mail_address_is_refused(typed):
    with pytest.raises(AddressFault):
        notifiers.service("email").clean_address(typed)


def test_a_mail_address_loses_its_blanks():
    assert notifiers.service("email").clean_address(" sana@example.com ") == "sana@example.com"


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("https://hooks.example.com/services/T1", True),
        ("http://hooks.example.com/services/T1", False),
        ("https://", False),
        ("https:///path", False),
        ("https://exa mple.com/", False),
        ("https://[::1/", False),
        ("ftp://example.com", False),
        ("", False),
    ],
)
def test_only_an_https_address_with_a_host_is_one(text, fine):
    assert is_https(text) is fine
