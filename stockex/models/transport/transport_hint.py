from odoo import api, models

from ...pure.transport.outcome import Hint


class TransportHint(models.AbstractModel):
    """What a person can do about a call that failed, in plain words."""

    _name = "stockex.transport.hint"
    _description = "Hints on Failed Calls"

    # --- Business ---

    @api.model
    def _hint_texts(self):
        """Return {hint: text}; an account adds those of its own."""
        return {**self._hints_on_refusals(), **self._hints_on_silence()}

    @api.model
    def _hints_on_refusals(self):
        return {
            Hint.UNAUTHORISED: self.env._(
                "The other side does not accept the credentials. Enter them again in the account, "
                "then retry."
            ),
            Hint.NOT_FOUND: self.env._(
                "The other side knows no such address. Compare the account's address with what "
                "the service says, then retry."
            ),
            Hint.GONE: self.env._(
                "The other side wants no more of this. Skip it, or ask them, then retry."
            ),
            Hint.REDIRECTED: self.env._(
                "The other side has moved. Enter its new address in the account: redirects are "
                "not followed, so that nothing goes to a stranger."
            ),
            Hint.REJECTED: self.env._(
                "The other side refuses this content. Its answer below says why; correct the "
                "cause, then retry, or skip it."
            ),
            Hint.TOO_LARGE: self.env._("The content is too large for the other side. Skip it."),
            Hint.TOO_MANY: self.env._(
                "The other side takes fewer calls. Set a lower limit in the account, then retry."
            ),
            Hint.BROKEN: self.env._(
                "The other side has a fault of its own. Retry when it works again."
            ),
        }

    @api.model
    def _hints_on_silence(self):
        return {
            Hint.NO_ANSWER: self.env._(
                "Nobody answers there. Check that the service runs and that a firewall lets this "
                "server through, then retry."
            ),
            Hint.TOO_SLOW: self.env._(
                "The other side takes too long. Ask them, or raise the time limit in the account, "
                "then retry."
            ),
            Hint.NO_NAME: self.env._(
                "The address has a name that does not exist. Correct it in the account, then retry."
            ),
            Hint.CERTIFICATE: self.env._(
                "The other side's certificate is not valid. Ask them to renew it, then retry."
            ),
            Hint.PRIVATE_ADDRESS: self.env._(
                "The address belongs to a private network. If that is meant, a suite administrator "
                "allows private addresses in the account; then retry."
            ),
            Hint.BAD_ADDRESS: self.env._(
                "The address is not of the form https://host/path. Correct it in the account, "
                "then retry."
            ),
            Hint.NOT_SET_UP: self.env._("The account is not complete. Complete it, then retry."),
            Hint.UNKNOWN_EFFECT: self.env._(
                "It may have arrived. Look at the other side: skip it if it did, retry if not."
            ),
            Hint.OURS: self.env._(
                "This server failed before the call was made. Its log says why; retry afterwards."
            ),
        }
