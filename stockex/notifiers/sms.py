"""Text messages through Odoo's own SMS gateway."""

from .base import Address, Internal, _lt, clean_phone


class Sms(Internal):
    """A message of Odoo's `sms`; its account, its credit and its queue apply."""

    code = "sms"
    label = _lt("SMS (Odoo)")
    internal = "sms"
    shared = True
    address = Address(
        _lt("Mobile number"),
        help=_lt("With the country code, as +33 6 12 34 56 78. Empty: the phone of the user."),
        placeholder="+33 6 12 34 56 78",
        default="phone",
    )
    steps = (
        _lt("Buy credit for Odoo's SMS service, in Odoo's general settings."),
        _lt("For a phone on duty, switch “Shared” on and give its number."),
    )

    def clean_address(self, text: str) -> str:
        """Return the number in E.164.

        :raise AddressFault:
        """
        return clean_phone(super().clean_address(text))
