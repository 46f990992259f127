import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.bus.websocket import WebsocketConnectionHandler

CHANNEL_PREFIX = "stockex_live:"
# What a key may hear before it must ask again; an access token lives 15 minutes itself.
KEY_LIFE = timedelta(hours=12)
TOKEN_LIFE = timedelta(minutes=15)
TOPICS = {
    "counts": ("count.", "variance."),
    "stock": ("stock.", "lot."),
    "events": ("",),
}
MOST_SUBSCRIPTIONS = 20


class LiveSubscription(models.Model):
    """Somebody who listens on the bus with a key: what, with whose rights, until when.

    The name of the channel is the secret; only its hash is kept.
    """

    _name = "stockex.live.subscription"
    _description = "Live Subscription"
    _order = "id desc"
    _rec_name = "topics"

    channel_hash = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    subject = fields.Char(required=True, readonly=True, index=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    company_ids = fields.Json("Companies", readonly=True)
    company_id = fields.Many2one(
        "res.company", readonly=True, index=True, ondelete="cascade", help="Of the key or access."
    )
    key_id = fields.Many2one("stockex.api.key", "API key", readonly=True, ondelete="cascade")
    session_id = fields.Many2one(
        "stockex.api.session", "Application access", readonly=True, ondelete="cascade"
    )
    token_jti = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    opened_from = fields.Char(readonly=True, help="The address that asked for the subscription.")
    heard_from = fields.Char("Listens from", readonly=True, help="Whoever connected last.")
    topics = fields.Char(required=True, readonly=True)
    expires_at = fields.Datetime("Ends", required=True, readonly=True, index=True)

    _channel_hash = models.UniqueIndex("(channel_hash)")

    # --- Business ---

    @api.model
    def _open(self, identity, topics, address):
        """Let a key listen; return the subscription and the name of its channel.

        A key's oldest subscriptions end when it opens too many.
        """
        channel = CHANNEL_PREFIX + secrets.token_urlsafe(32)
        subscription = self.create(
            {
                **self._prepare_vals(identity, address),
                "channel_hash": _digest(channel),
                "subject": identity.subject,
                "topics": ",".join(sorted(set(topics))),
            }
        )
        mine = self.search([("subject", "=", identity.subject)])
        mine[MOST_SUBSCRIPTIONS:].unlink()
        return subscription, channel

    def _renew(self, identity, address):
        """Go on from now, with the key or token that asks for it."""
        self.write(self._prepare_vals(identity, address))

    @api.model
    def _prepare_vals(self, identity, address):
        """Return with whose rights to listen, and until when."""
        life = KEY_LIFE if identity.key_id else TOKEN_LIFE
        return {
            "user_id": identity.uid,
            "company_ids": self.env.companies.ids,
            "company_id": identity.company_id or False,
            "key_id": identity.key_id or False,
            "session_id": identity.session_id or False,
            "token_jti": identity.token_jti or False,
            "opened_from": address[:64],
            "expires_at": fields.Datetime.now() + life,
        }

    @api.model
    def _of_channel(self, channel, address):
        """Return the subscription that a channel's name belongs to, if it still holds.

        :param address: of whoever connects with it.
        """
        found = self.search([("channel_hash", "=", _digest(channel))])
        if found and found.heard_from != address[:64]:
            found.heard_from = address[:64]
        return found._allowed()

    @api.model
    def _listening(self, domain=()):
        """Return the subscriptions whose key or access, user and companies still hold."""
        return self.search([*domain, ("expires_at", ">", fields.Datetime.now())])._allowed()

    @api.model
    def _end_refused(self):
        """End what holds no more, for good, and return what does."""
        every = self.search([("expires_at", ">", fields.Datetime.now())])
        listening = every._allowed()
        (every - listening).unlink()
        return listening

    def _hears(self, name):
        """Tell whether an event's name is among the topics."""
        self.ensure_one()
        beginnings = [one for topic in self.topics.split(",") for one in TOPICS.get(topic, ())]
        return name.startswith(tuple(beginnings))

    @api.model
    def _address(self):
        """Return where to connect to; Odoo refuses clients of another version."""
        return f"/websocket?version={WebsocketConnectionHandler._VERSION}"

    @api.autovacuum
    def _gc_ended(self):
        """Forget subscriptions that ended."""
        ended = self.search([("expires_at", "<", fields.Datetime.now())], limit=1000)
        ended.unlink()
        return len(ended), len(ended) == 1000


def _digest(channel):
    return hashlib.sha256(channel.encode()).hexdigest()
