from odoo import fields, models

from ...pure.auth.network import is_inside, read_networks
from ...pure.auth.verdict import Facts, refusal

SCOPE = "live:read"


class LiveEnding(models.Model):
    """What ends a subscription before its time: whatever let it begin holds no more."""

    _inherit = "stockex.live.subscription"

    # --- Actions ---

    def action_end(self):
        """Let those who listen hear no more."""
        # Whoever may delete a subscription may end it.
        self.unlink()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "stockex_mobile_api.live_subscription_action"
        )

    # --- Business ---

    def _allowed(self):
        """Return the subscriptions whose key or access, user and companies still hold."""
        now = fields.Datetime.now()
        given_up = self._given_up()
        return self.filtered(
            lambda one: (
                one.expires_at > now
                and one.token_jti not in given_up
                and one._may_listen()
                and not one._refusal(now)
            )
        )

    def _given_up(self):
        """Return the numbers of those access tokens that were revoked by themselves."""
        numbers = [one.token_jti for one in self if one.token_jti]
        revoked = self.env["stockex.api.revoked.token"].search([("jti", "in", numbers)])
        return set(revoked.mapped("jti"))

    def _may_listen(self):
        session = self.session_id
        scopes = self.key_id.scope_ids or session.scope_ids & session.client_id.scope_ids
        return SCOPE in scopes.mapped("name")

    def _refusal(self, now):
        """Say why the key or access is refused by now, as the gate would; empty if it is not."""
        key, session, user = self.key_id, self.session_id, self.user_id
        companies = set(self.company_ids or ())
        facts = Facts(
            kind="key" if key else "token",
            revoked=bool(key.revoked_at if key else session.revoked_at)
            or not (key or session.client_id.active),
            expires_at=key.expires_at or None,
            user_active=user.active,
            user_internal=not user.share,
            company_open=bool(companies) and companies <= set(user.company_ids.ids),
            sandbox=key.sandbox,
            company_is_sandbox=key.company_id.stockex_is_sandbox,
            networks=key.networks or "",
        )
        return refusal(facts, self.opened_from or "", now) or self._listener_refusal()

    def _listener_refusal(self):
        """Say so if who connected sits outside the networks; nobody may have connected yet."""
        networks = read_networks(self.key_id.networks or "")
        inside = not self.heard_from or is_inside(self.heard_from, networks)
        return "" if inside else "address_refused"
