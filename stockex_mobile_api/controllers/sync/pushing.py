from odoo import SUPERUSER_ID, http
from odoo.http import request

from odoo.addons.web.controllers.session import Session

from .door import CALL, SYNC, refusing


class Pushing(http.Controller):
    @http.route(f"{SYNC}/subscribe", **CALL)
    @refusing
    def subscribe(self, **sent):
        """Have a handheld take messages from now on."""
        subscriptions = request.env["stockex.sync.subscription"]
        return subscriptions._subscribe(sent, sid=request.session.sid)

    @http.route(f"{SYNC}/unsubscribe", **CALL)
    @refusing
    def unsubscribe(self, **sent):
        """Have a handheld take no more messages."""
        return request.env["stockex.sync.subscription"]._unsubscribe(sent)


class SigningOut(Session):
    """Whoever signs out leaves a device that others pick up: it tells them nothing."""

    @http.route(readonly=False)
    def logout(self, redirect="/odoo"):
        self._end_messages()
        return super().logout(redirect=redirect)

    @http.route(readonly=False)
    def destroy(self):
        self._end_messages()
        return super().destroy()

    def _end_messages(self):
        if request.session.uid and request.db:
            subscriptions = request.env["stockex.sync.subscription"]
            subscriptions.with_user(SUPERUSER_ID)._signed_out(request.session.sid)
