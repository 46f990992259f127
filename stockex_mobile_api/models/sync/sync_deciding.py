import json

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...exceptions import OperationRefused
from ...pure.sync.operation import read_operation
from .batch import Step


class SyncOperationDeciding(models.Model):
    """What a controller decides about what handhelds sent and could not be counted."""

    _inherit = "stockex.sync.operation"

    # --- Actions ---

    def action_keep_mine(self):
        """Have the handheld's count replace what is on the line."""
        return self._choose("mine")

    def action_keep_theirs(self):
        """Leave what was there, without what the handheld corrected."""
        return self._choose("theirs")

    def action_keep_sum(self):
        """Count both together."""
        return self._choose("sum")

    def action_enter(self):
        """Count what was rejected, as its counter, at the time when they counted it."""
        for operation in self:
            operation._check_decider("rejected")
            if operation.kind not in ("count", "unknown", "photo") or not operation.session_id:
                raise UserError(
                    self.env._(
                        "“%(operation)s” cannot be entered: dismiss it.",
                        operation=operation.display_name,
                    )
                )
            operation._check_takes()
            # sudo: the operation's row is the system's; role and state are checked above.
            operation_sudo = operation.sudo()
            operation_sudo._enter()
            operation_sudo._mark("entered")
        return True

    def action_dismiss(self):
        """Close what needs nothing more; it stays in the list."""
        for operation in self:
            operation._check_decider("conflict", "rejected")
            # sudo: as in action_enter.
            operation_sudo = operation.sudo()
            operation_sudo._mark("dismissed")
        return True

    # --- Business ---

    def _choose(self, choice):
        for operation in self:
            operation._check_decider("conflict")
            operation._check_takes()
            # sudo: as in action_enter.
            operation_sudo = operation.sudo()
            operation_sudo._enter_choice(operation.session_id, choice)
        return True

    def _check_decider(self, *statuses):
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("stockex.group_controller"):
            raise UserError(
                self.env._("Only a stock controller decides about what handhelds sent.")
            )
        # Two who decide at once: the second begins again, and sees what the first decided.
        self.env.execute_query(
            SQL("SELECT id FROM stockex_sync_operation WHERE id = %s FOR UPDATE", self.id)
        )
        if self.status not in statuses or self.resolution:
            raise UserError(
                self.env._(
                    "“%(operation)s” needs no such decision: take it out of the selection.",
                    operation=self.display_name,
                )
            )

    def _check_takes(self):
        """Refuse if the session takes no more entries; an approval must begin again."""
        session = self.session_id
        session._check_counting("counting", "review")
        if session.state == "review":
            session._touch()

    def _enter(self):
        """Apply a rejected operation in its session, as its user; as superuser."""
        step = self._as_step()
        session = self.session_id.with_user(self.user_id).sudo(False)
        push = self.env["stockex.sync.push"].with_user(self.user_id).sudo(False)
        try:
            if self.kind == "count":
                vals = push._enter_count(session, step)
            elif self.kind == "unknown":
                vals = push._kept(session, step, step.parsed.quantity)
            else:
                vals = self._enter_photo(push, session, step)
        except OperationRefused as error:
            raise UserError(str(error)) from error
        self.write({name: value for name, value in vals.items() if name.endswith("_id")})

    def _enter_photo(self, push, session, step):
        find = self.of_id.unknown_id
        line = self.of_id.line_id or self.env["stockex.count.line"].browse(step.parsed.line)
        if not self.photo or not (find or line.exists().session_id == self.session_id):
            raise UserError(
                self.env._(
                    "Nobody knows what “%(operation)s” shows: dismiss it.",
                    operation=self.display_name,
                )
            )
        home = {"unknown_id": find.id} if find else {"line_id": line.id}
        photo_sudo = push._store_photo(session, home, self.photo, self.corrected_at)
        return {"line_id": photo_sudo.line_id.id, "unknown_id": photo_sudo.unknown_id.id}

    def _as_step(self):
        """Read again what was sent."""
        try:
            item = json.loads(self.payload)
            if self.kind == "photo":
                # The picture itself is kept apart.
                item["data"] = "kept"
            parsed = read_operation(item)
        except (ValueError, TypeError) as error:
            raise UserError(
                self.env._(
                    "“%(operation)s” cannot be read any more: count it again, and dismiss it.",
                    operation=self.display_name,
                )
            ) from error
        return Step(item, None, self.digest, self.uuid, parsed, at=self.corrected_at, record=self)
