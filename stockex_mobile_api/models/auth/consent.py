from authlib.oauth2 import OAuth2Error

from odoo import api, models

from ...pure.auth.quota import quota
from .oauth_parties import Request
from .oauth_server import Server

PAGES_A_MINUTE = 60


class ApiConsent(models.AbstractModel):
    """The page that asks a user whether an application may act for them."""

    _name = "stockex.api.consent"
    _description = "Consent to an Application"

    @api.model
    def _answer(self, httprequest, now):
        """Return what the page shows, or the answer that sends the user back.

        Authlib checks the request again when the form comes back: nothing that the browser
        was given decides.
        """
        if not self.env.user._is_internal():
            return self._fault(self.env._("Only internal users can allow an application."), 403)
        used, started = self.env["stockex.api.gate"]._count(f"consent:{self.env.uid}", now)
        if not quota(PAGES_A_MINUTE, used, started, now).allowed:
            return self._fault(self.env._("You asked too often. Wait a minute."), 429)
        server = Server(self.env["stockex.api.oauth"])
        try:
            asked = Request(httprequest, at_authorisation=True)
            grant = server.get_consent_grant(asked, end_user=self.env.user)
        except OAuth2Error as error:
            if error.redirect_uri:
                return self._send_back(server, error)
            return self._fault(self._fault_text(error), 400)
        client = grant.request.client.record
        if not client.all_companies and client.company_id not in self.env.user.company_ids:
            return self._fault(
                self.env._(
                    "“%(app)s” works in a company that you do not work in. Ask an administrator.",
                    app=client.name,
                ),
                403,
            )
        if httprequest.method == "POST":
            allowed = httprequest.form.get("decision") == "allow"
            user = self.env.user if allowed else None
            return server.create_authorization_response(asked, grant_user=user, grant=grant)
        return self._page(grant, client)

    @staticmethod
    def _send_back(server, error):
        """Tell the application by way of the user's browser what is wrong with its request."""
        answer = server.handle_error_response(None, error)
        server.execute_hook("after_create_authorization_response", answer)
        return answer

    def _page(self, grant, client):
        # sudo: the descriptions of permissions are no secret.
        scopes_sudo = self.env["stockex.api.oauth"]._scopes(grant.request.scope)
        return {
            "status": 200,
            "fault": "",
            "app": client.name,
            "user": self.env.user,
            "company": False if client.all_companies else client.company_id.name,
            "scopes": scopes_sudo.with_context(lang=self.env.lang).mapped("description"),
            "stays": client.stays_signed_in,
            "target": grant.validate_authorization_redirect_uri(
                grant.request, grant.request.client
            ),
        }

    def _fault(self, text, status):
        return {"status": status, "fault": text}

    def _fault_text(self, error):
        if error.error == "invalid_client":
            return self.env._(
                "The application that sent you here is not known. Go back to it, and tell its "
                "maker."
            )
        return self.env._(
            "The application that sent you here asked in a wrong way (%(code)s: %(text)s). Go "
            "back to it, and tell its maker.",
            code=error.error,
            text=error.get_error_description().rstrip("."),
        )
