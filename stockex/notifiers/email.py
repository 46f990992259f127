"""E-mail, through Odoo's outgoing mail servers."""

from .base import Address, AddressFault, Internal, _lt


class Email(Internal):
    """A mail of Odoo's own; its queue, its servers and its bounces apply."""

    code = "email"
    label = _lt("E-mail")
    internal = "email"
    shared = True
    address = Address(
        _lt("E-mail address"),
        help=_lt("Empty: the address of the user."),
        placeholder="name@example.com",
        default="email",
    )
    steps = (
        _lt("An outgoing mail server in Odoo's settings is all it needs."),
        _lt("For a mailbox that several people read, switch “Shared” on and give its address."),
    )

    def clean_address(self, text: str) -> str:
        """Return the one address of a text.

        :raise AddressFault:
        """
        cleaned = super().clean_address(text)
        name, at, domain = cleaned.rpartition("@")
        if not (name and at and "." in domain) or any(sign in cleaned for sign in " ,;<>\"'\r\n"):
            raise AddressFault("email")
        return cleaned
