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
    key_id = fields.Many2one("stockex.api.key", readonly=True, ondelete="cascade")
    topics = fields.Char(required=True, readonly=True)
    expires_at = fields.Datetime("Ends", required=True, readonly=True, index=True)

    _channel_hash = models.UniqueIndex("(channel_hash)")

    # --- Business ---

    @api.model
    def _open(self, identity, topics):
        """Let a key listen; return the subscription and the name of its channel.

        A key's oldest subscriptions end when it opens too many.
        """
        channel = CHANNEL_PREFIX + secrets.token_urlsafe(32)
        subscription = self.create(
            {
                "channel_hash": _digest(channel),
                "subject": identity.subject,
                "user_id": identity.uid,
                "company_ids": self.env.companies.ids,
                "key_id": identity.key_id,
                "topics": ",".join(sorted(set(topics))),
                "expires_at": self._end_of(identity),
            }
        )
        mine = self.search([("subject", "=", identity.subject)])
        mine[MOST_SUBSCRIPTIONS:].unlink()
        return subscription, channel

    @api.model
    def _end_of(self, identity):
        return fields.Datetime.now() + (KEY_LIFE if identity.key_id else TOKEN_LIFE)

    @api.model
    def _of_channel(self, channel):
        """Return the subscription that a channel's name belongs to, if it still holds."""
        return self._listening([("channel_hash", "=", _digest(channel))])

    @api.model
    def _listening(self, domain=()):
        """Return the subscriptions whose key and user still hold."""
        now = fields.Datetime.now()
        return self.search(
            [
                *domain,
                ("expires_at", ">", now),
                ("user_id.active", "=", True),
                "|",
                ("key_id", "=", False),
                *("&", ("key_id.revoked_at", "=", False), ("key_id.expires_at", ">", now)),
            ]
        )

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
