from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...pure.exchange.errors import Refused
from ...pure.exchange.rows import PRODUCT_FAMILIES


class CountImportFlow(models.Model):
    """The way of a count file: mapped, checked, imported."""

    _inherit = "stockex.import"

    # --- Actions ---

    def action_read(self):
        """Read the file that was chosen; saving the form has done so already."""
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        if self.state == "draft":
            self._check_may_import()
            self._read_file()
        return True

    def action_check(self):
        """Try the whole file without counting anything, in the background."""
        self.ensure_one()
        self._check_may_import()
        self._lock_import()
        self._check_import_state("mapped", "checked", "cancelled", "failed")
        self._check_columns()
        # sudo: rows and state are the system's; the person is checked above.
        record_sudo = self.sudo()
        record_sudo._forget_rows()
        record_sudo.write({"state": "checking", "failure": False})
        self._launch("_check_chunk", self.env._("Checking %(file)s", file=self.filename), 1)
        return True

    def action_import(self):
        """Count the good rows, in the background."""
        self.ensure_one()
        self._check_may_import()
        self._lock_import()
        # sudo: one import of a session starts at a time; the person is checked above.
        session_sudo = self.session_id.sudo()
        session_sudo._lock()
        self._check_import_state("checked")
        session_sudo._check_no_import_running()
        self._check_importable()
        # sudo: as in action_check.
        record_sudo = self.sudo()
        if self.session_id.state == "draft":
            self.session_id.action_start()
        record_sudo.write(
            {"state": "importing", "failure": False, "attempt": record_sudo.attempt + 1}
        )
        title = self.env._("Importing %(file)s", file=self.filename)
        self._launch("_import_chunk", title, self.good_count)
        return True

    def action_result(self):
        """Download every row with what became of it."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/stockex/import/{self.id}/result.xlsx",
            "target": "self",
        }

    def action_refused_rows(self):
        """Show the refused rows in a list of their own."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("stockex.import_row_action")
        action["domain"] = [("import_id", "=", self.id), ("state", "=", "refused")]
        return action

    def action_open_session(self):
        """Go to the session."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "stockex.count.session",
            "res_id": self.session_id.id,
            "view_mode": "form",
        }

    # --- Checks ---

    def _check_may_import(self):
        """Refuse others than controllers, and sessions that take no file now."""
        for session in self.session_id:
            session._check_role("stockex.group_controller")
            if session.state == "draft" and session.kind != "initial":
                raise UserError(
                    self.env._(
                        "“%(session)s” has not started: start counting, then import.",
                        session=session.display_name,
                    )
                )
            if session.state != "draft":
                session._check_counting()

    def _lock_import(self):
        """Have the import to ourselves: two clicks start one job."""
        self.flush_recordset()
        self.env.execute_query(
            SQL("SELECT id FROM stockex_import WHERE id = %s FOR UPDATE", self.id)
        )
        self.invalidate_recordset(["state"])

    def _check_import_state(self, *states):
        if self.state in states:
            return
        labels = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "“%(record)s” is in state “%(state)s”; this needs %(expected)s.",
                record=self.name,
                state=labels[self.state],
                expected=", ".join(
                    self.env._("“%(name)s”", name=labels[state]) for state in states
                ),
            )
        )

    def _check_columns(self):
        """Refuse a mapping without a product or a quantity, or with one meaning twice."""
        with self._faults_told():
            columns = self._mapping().columns
            for families in (PRODUCT_FAMILIES, ("quantity",)):
                if not any(family in columns for family in families):
                    raise Refused("column_missing", families=families)

    def _check_importable(self):
        if self.is_repeated and not self.allow_again:
            raise UserError(
                self.env._(
                    "“%(file)s” was already imported into “%(session)s”. Tick “Import this "
                    "file again” if that is what you want.",
                    file=self.filename,
                    session=self.session_id.display_name,
                )
            )
        if not self.good_count:
            raise UserError(
                self.env._("“%(file)s” has no row that can be counted.", file=self.filename)
            )
        if self.refused_count and not self.import_good:
            raise UserError(
                self.env._(
                    "%(count)s rows of “%(file)s” are refused. Correct them and choose the "
                    "file again, or tick “Import the good rows”.",
                    count=self.refused_count,
                    file=self.filename,
                )
            )

    # --- Jobs ---

    def _launch(self, method, title, total):
        job = self.env["stockex.job"]._launch(self, method, title, total)
        # sudo: read-only for users.
        record_sudo = self.sudo()
        record_sudo.job_id = job

    def _engine(self):
        # sudo: the rows are the system's; who may start the job was checked then.
        record_sudo = self.sudo()
        return record_sudo.with_company(record_sudo.company_id)

    def _check_chunk(self, job):
        """Read or resolve the next rows; each row counts twice, once for either."""
        record_sudo = self._engine()
        if record_sudo.session_id.state != "draft":
            record_sudo.session_id._check_counting()
        # sudo: the job's numbers are the system's.
        job_sudo = job.sudo()
        if not job_sudo.done or 2 * job_sudo.done < job_sudo.total:
            staging = record_sudo.env["stockex.import.staging"]
            count, more = staging._read_next(record_sudo, job_sudo.done)
            # How many rows will follow is not known: the file would be read twice for it.
            job_sudo.total = 2 * (job_sudo.done + count + more)
            if count:
                return count, True
        count = record_sudo.env["stockex.import.resolver"]._resolve_next(record_sudo)
        if count:
            return count, True
        record_sudo.env["stockex.import.settling"]._settle(record_sudo)
        return 0, False

    def _import_chunk(self, job):
        """Record the next rows, as long as the session takes counts."""
        record_sudo = self._engine()
        record_sudo.session_id._check_counting()
        count = record_sudo.env["stockex.import.applying"]._apply_next(record_sudo)
        return count, bool(count)

    def _on_job_finished(self, job):
        # sudo: the state is the system's, and so is the job's.
        record_sudo, job_sudo = self._engine(), job.sudo()
        ended, was = job_sudo.state, record_sudo.state
        vals = {"failure": job_sudo.message if ended == "failed" else False}
        if was == "checking":
            vals["state"] = "checked" if ended == "done" else "mapped"
            if ended != "done":
                record_sudo._forget_rows()
        elif was == "importing":
            states = {"done": "done", "cancelled": "cancelled"}
            vals["state"] = states.get(ended, "failed")
            if ended != "done":
                record_sudo.env["stockex.import.applying"]._take_back(record_sudo)
            vals.update(record_sudo.env["stockex.import.settling"]._figures(record_sudo))
        record_sudo.write(vals)

    def _forget_rows(self):
        """Delete what was staged: it is evidence of nothing yet."""
        self.env.cr.execute(
            SQL("DELETE FROM stockex_import_row WHERE import_id = ANY(%s)", self.ids)
        )
        self.env["stockex.import.row"].invalidate_model()
        # sudo: the figures are the system's; the callers checked the person.
        self_sudo = self.sudo()
        self_sudo.write(
            {
                **dict.fromkeys(
                    (
                        *("row_count", "good_count", "refused_count", "skipped_count"),
                        *("imported_count", "new_product_count", "new_location_count"),
                        "new_lot_count",
                    ),
                    0,
                ),
                "reasons": False,
            }
        )
