from odoo import api, models

from ...exceptions import OperationRefused


class SyncPushTakingBack(models.AbstractModel):
    """Takes back what a handheld's user did: exactly that, and nothing else."""

    _inherit = "stockex.sync.push"

    # --- Business ---

    @api.model
    def _own_operation(self, uuid):
        """Return an earlier operation of the user, as superuser.

        :raise OperationRefused: if there is none.
        """
        # sudo: only the user's own.
        rows_sudo = self.env["stockex.sync.operation"].sudo()
        found_sudo = rows_sudo.search([("uuid", "=", uuid.lower()), ("user_id", "=", self.env.uid)])
        if not found_sudo:
            raise OperationRefused(
                self.env._("What it is about never came here: send that first."),
                "operation_unknown",
            )
        return found_sudo

    @api.model
    def _take_back(self, batch, step):
        of = self._own_operation(step.parsed.of)
        about = {
            "of_id": of.id,
            "session_id": of.session_id.id,
            "company_id": of.company_id.id,
            "line_id": of.line_id.id,
        }
        if of.resolution == "withdrawn":
            return {**about, "status": "applied", "code": "already_undone"}
        if of.status in ("conflict", "rejected") and not of.resolution:
            of._mark("withdrawn")
            return {**about, "status": "applied"}
        if of.unknown_id:
            return {**about, **self._take_back_find(batch, of)}
        if not of.entry_id or of.kind != "count":
            raise OperationRefused(
                self.env._("There is no count to take back."), "not_undoable", **about
            )
        return {**about, **self._take_back_entry(batch, of, about)}

    @api.model
    def _take_back_entry(self, batch, of, about):
        entry_sudo = of.entry_id
        newer_sudo = entry_sudo.superseded_by_id
        if newer_sudo.voids and newer_sudo.user_id == self.env.user:
            return {"status": "applied", "code": "already_undone"}
        if newer_sudo:
            raise OperationRefused(
                self.env._(
                    "“%(line)s” was counted again since: that count stands.",
                    line=of.line_id.display_name,
                ),
                "superseded",
                **about,
            )
        session = self._own_session(batch, of, about)
        # sudo: entries are the system's to write; this one is the user's own.
        session_sudo = session.sudo()
        recorder_sudo = session_sudo.env["stockex.count.recorder"]
        void = recorder_sudo._take_back(session_sudo, entry_sudo.with_env(session_sudo.env))
        return {"status": "applied", "entry_id": void.id}

    @api.model
    def _own_session(self, batch, of, about):
        """Return the session of an earlier operation, if it still takes counts."""
        session = batch.sessions.get(of.session_id.id)
        if not session:
            session = self.env["stockex.count.session"]._counted_by(
                self.env.user, of.session_id.ids
            )
        if not session:
            raise OperationRefused(
                self.env._("You do not count there any more. Ask its controller."),
                "session_unknown",
                **about,
            )
        try:
            return self._check_open(batch, session)
        except OperationRefused as error:
            error.vals |= about
            raise

    @api.model
    def _take_back_find(self, batch, of):
        find_sudo = of.unknown_id
        if find_sudo.state == "dismissed" and find_sudo.decided_by_id == self.env.user:
            return {"status": "applied", "code": "already_undone"}
        about = {"of_id": of.id, "session_id": of.session_id.id, "company_id": of.company_id.id}
        session = self._own_session(batch, of, about)
        if find_sudo.state != "open":
            raise OperationRefused(
                self.env._("Your controller has already decided what it is."),
                "superseded",
                **about,
            )
        find_sudo.write(
            {
                "state": "dismissed",
                "resolution": self.env._("Taken back by who found it."),
                "decided_by_id": self.env.uid,
            }
        )
        session._tell_unknown()
        return {"status": "applied", "unknown_id": find_sudo.id}
