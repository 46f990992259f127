from odoo import api, models
from odoo.fields import Command

from ...exceptions import OperationRefused


class SyncPushAdhoc(models.AbstractModel):
    """Counts that somebody begins where they stand, without being asked to."""

    _inherit = "stockex.sync.push"

    # --- Business ---

    @api.model
    def _begin_count(self, batch, step):
        """Begin a count of one location, for its counter alone."""
        name = step.parsed.session
        if name in batch.sessions:
            session = batch.sessions[name]
            return {
                "status": "applied",
                "code": "already_begun",
                "session_id": session.id,
                "company_id": session.company_id.id,
            }
        location_sudo = self._checked_location(step.parsed.location)
        # sudo: counters prepare no counts; the company lets them count where they stand,
        # alone, and somebody else reviews and approves it.
        sessions_sudo = self.env["stockex.count.session"].sudo()
        session_sudo = sessions_sudo.with_company(location_sudo.company_id).create(
            self._prepare_adhoc(location_sudo)
        )
        # What was counted without a network came before this moment.
        session_sudo._start(step.at.replace(microsecond=0))
        session = session_sudo.sudo(False)
        batch.sessions[name] = batch.sessions[session.id] = session
        return {
            "status": "applied",
            "session_id": session.id,
            "company_id": location_sudo.company_id.id,
            "location_id": location_sudo.id,
        }

    @api.model
    def _checked_location(self, location_id):
        # sudo: counters may not read every location; only one of their companies is used.
        locations_sudo = self.env["stock.location"].sudo()
        location_sudo = locations_sudo.search(
            [
                ("id", "=", location_id),
                ("usage", "in", ("internal", "transit")),
                ("company_id", "in", self.env.user.company_ids.ids),
            ]
        )
        if not location_sudo:
            raise OperationRefused(
                self.env._("This location is gone, or nothing is counted there."),
                "location_unknown",
            )
        if not self.env["stockex.sync.device"]._may_begin(location_sudo.company_id):
            raise OperationRefused(
                self.env._(
                    "You cannot begin a count of “%(location)s” yourself: ask a controller.",
                    location=location_sudo.display_name,
                ),
                "adhoc_forbidden",
            )
        return location_sudo

    @api.model
    def _prepare_adhoc(self, location):
        """Return the values of a count that nobody planned; called as superuser."""
        return {
            "title": self.env._(
                "%(location)s, by %(user)s",
                location=location.display_name,
                user=self.env.user.name,
            ),
            "company_id": location.company_id.id,
            "kind": "spot",
            "scope": "locations",
            "location_ids": [Command.set(location.ids)],
            "counter_ids": [Command.set(self.env.user.ids)],
            # Something to say finished.
            "zone_ids": [
                Command.create(
                    {
                        "name": location.display_name,
                        "location_ids": [Command.set(location.ids)],
                        "counter_ids": [Command.set(self.env.user.ids)],
                    }
                )
            ],
            "user_id": self._adhoc_controller(location).id,
            # Nobody on the spot can settle who counts it; both counts are kept.
            "allow_overlap": True,
        }

    @api.model
    def _adhoc_controller(self, location):
        """Return who reviews it: the company's choice, or who led the last count there."""
        chosen = location.company_id.stockex_handheld_adhoc_controller_id
        if chosen.active:
            return chosen
        house = location.warehouse_id
        root = house.view_location_id or location
        last = location.env["stockex.count.line"].search(
            [
                ("location_id", "child_of", root.id),
                ("session_id.user_id.active", "=", True),
                ("session_id.kind", "!=", "initial"),
            ],
            order="session_id desc",
            limit=1,
        )
        return last.session_id.user_id
