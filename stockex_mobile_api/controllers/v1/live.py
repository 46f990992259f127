from odoo import http
from odoo.http import request

from odoo.addons.stockex.pure.notify import registry

from ...pure.v1.live import LiveRequest, LiveSubscription
from ...pure.v1.types import Empty
from .errors import not_found
from .reader import instant
from .resource import Resource
from .routing import api

TAG = "Live"
HOW = """
1. Ask for a subscription, and connect a websocket to `websocket` on this server (`wss://`).
2. Send `{"event_name": "subscribe", "data": {"channels": ["<channel>"], "last": 0}}`.
3. Read `GET /events?after=<after>` once, with the subscription's `names` as `name`: what
   happened while you connected.
4. Each message of the type `stockex.events` holds `events`, as `/events` shows them, in order.
   Keep the `sequence` of the last one; one that you have already had is a repetition.
5. When the line breaks, connect again, subscribe, and read `GET /events?after=<sequence>`.

Without a websocket, poll `GET /events?after=<sequence>`: nothing is missing there either.
""".strip()


class Live(Resource, http.Controller):
    @api(
        *("POST", "/live/subscriptions"),
        summary="Listen to what happens",
        description=HOW,
        tag=TAG,
        scope="live:read",
        status=201,
        secret=True,
        body=LiveRequest,
        response=LiveSubscription,
    )
    def create_live_subscription(self, body):
        subscription, channel = self._subscriptions()._open(
            self._identity(), body.topics, self._address()
        )
        return {**self._shown(subscription), "channel": channel}

    @api(
        *("POST", "/live/subscriptions/{subscription_id}/renew"),
        summary="Go on listening",
        description="A subscription of a key ends after 12 hours, one of an access token after "
        "15 minutes, unless it is renewed.",
        tag=TAG,
        scope="live:read",
        body=Empty,
        response=LiveSubscription,
    )
    def renew_live_subscription(self, subscription_id, body):
        subscription = self._own(subscription_id)
        subscription._renew(self._identity(), self._address())
        return self._shown(subscription)

    @api(
        *("DELETE", "/live/subscriptions/{subscription_id}"),
        summary="Stop listening",
        tag=TAG,
        scope="live:read",
        status=204,
    )
    def delete_live_subscription(self, subscription_id):
        self._own(subscription_id).unlink()

    def _subscriptions(self):
        # sudo: what a key listens to is kept by the system; only its own is reached here.
        return request.env["stockex.live.subscription"].sudo()

    def _own(self, subscription_id):
        mine = [("id", "=", subscription_id), ("subject", "=", self._identity().subject)]
        return self._subscriptions()._listening(mine) or self._missing()

    def _missing(self):
        raise not_found()

    def _address(self):
        return request.httprequest.remote_addr or ""

    def _identity(self):
        return request.dispatcher.identity

    def _shown(self, subscription):
        # sudo: where the stream of everybody is.
        relay_sudo = request.env["stockex.live.relay"].sudo()
        return {
            "id": subscription.id,
            "websocket": subscription._address(),
            "topics": subscription.topics.split(","),
            "names": [name for name in registry.names() if subscription._hears(name)],
            "after": request.env["stockex.event"]._write_sequence(relay_sudo._begin()),
            "expires_at": instant(subscription.expires_at),
        }
