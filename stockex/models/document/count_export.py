import json
from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

# Lines that are written at once, while the user waits; more go to a job.
AT_ONCE = 10_000
CHUNK = 5_000
PART = "part"


class CountExport(models.Model):
    """A workbook of many lines, made in the background and kept for who asked for it."""

    _name = "stockex.count.export"
    _description = "Count Export"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True)
    session_ids = fields.Many2many("stockex.count.session", string="Sessions", readonly=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    job_id = fields.Many2one("stockex.job", readonly=True)
    job_state = fields.Selection(related="job_id.state", string="State")
    line_count = fields.Integer("Lines", readonly=True)
    # What is written, frozen at the start: columns, and the lines of each part.
    plan = fields.Json(readonly=True, groups="base.group_system")
    attachment_id = fields.Many2one("ir.attachment", "Workbook", readonly=True)

    # --- Actions ---

    def action_download(self):
        """Download the workbook once it is made."""
        self.ensure_one()
        self.check_access("read")
        if not self.attachment_id:
            raise UserError(
                self.env._(
                    "“%(export)s” is not made yet: wait until its job is done, or ask for it "
                    "again if the job failed.",
                    export=self.name,
                )
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "self",
        }

    # --- Business ---

    @api.model
    def _is_large(self, sessions):
        lines = self.env["stockex.count.line"]
        return lines.search_count([("session_id", "in", sessions.ids)], limit=AT_ONCE + 1) > AT_ONCE

    @api.model
    def _start(self, sessions):
        """Begin to make the workbook of some sessions; return the screen to wait at."""
        lines = self.env["stockex.count.line"]
        parts = []
        for session in sessions:
            ids = lines.search([("session_id", "=", session.id)]).ids
            parts += [[session.id, list(chunk)] for chunk in split_every(CHUNK, ids)]
        total = sum(len(ids) for _session, ids in parts)
        names = sessions[:3].mapped("name")
        # sudo: made here only, for the user and with what they may read themselves.
        export_sudo = self.sudo().create(
            {
                "name": ", ".join(names) + (", …" if len(sessions) > 3 else ""),
                "session_ids": [fields.Command.set(sessions.ids)],
                "user_id": self.env.uid,
                "company_id": sessions[0].company_id.id,
                "line_count": total,
                "plan": {
                    "names": self.env["stockex.document.count.workbook"]._names(),
                    "parts": parts,
                },
            }
        )
        export = export_sudo.with_env(self.env)
        name = self.env._("Lines of %(sessions)s to Excel", sessions=export.name)
        export_sudo.job_id = self.env["stockex.job"]._launch(export, "_write_part", name, total)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Lines to Excel"),
            "res_model": self._name,
            "res_id": export.id,
            "view_mode": "form",
        }

    def _write_part(self, job):
        """Read one part, or write the workbook when all are read (called by the job)."""
        # sudo: the plan is the system's; the lines in it were the user's own.
        plan = self.sudo().plan
        made = self._parts()
        if len(made) < len(plan["parts"]):
            session_id, ids = plan["parts"][len(made)]
            workbook = self.env["stockex.document.count.workbook"]
            rows = list(workbook._rows(ids, plan["names"]))
            self._attach(f"{PART}-{session_id}", json.dumps(rows, default=_plain).encode())
            return len(ids), True
        self._assemble(plan, made)
        return 0, False

    def _assemble(self, plan, made):
        workbook = self.env["stockex.document.count.workbook"]
        names = plan["names"]
        grids = (
            workbook._grid_of(
                session,
                names,
                self._rows_of(made.filtered(lambda part, of=session: part.name == _of(of)), names),
            )
            for session in self.session_ids
        )
        data = workbook._written(self.session_ids, grids)
        stem = self.session_ids.name if len(self.session_ids) == 1 else "counts"
        # sudo: as in `_start`.
        self_sudo = self.sudo()
        self_sudo.attachment_id = self._attach(f"{stem.replace('/', '-')}.xlsx", data)

    def _rows_of(self, parts, names):
        """Yield the rows of some parts, one part in memory at a time."""
        lines = self.env["stockex.count.line"]
        instants = [
            index for index, name in enumerate(names) if lines._fields[name].type == "datetime"
        ]
        for part in parts:
            for row in json.loads(part.raw):
                for index in instants:
                    row[index] = row[index] and datetime.fromisoformat(row[index])
                yield row
            part.invalidate_recordset(["raw", "datas"])

    def _parts(self):
        # sudo: attachments of the user's own export.
        attachments_sudo = self.env["ir.attachment"].sudo()
        return attachments_sudo.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("name", "=like", f"{PART}-%"),
            ],
            order="id",
        )

    def _attach(self, name, data):
        # sudo: who may read the export may read its file, and nobody writes either.
        attachments_sudo = self.env["ir.attachment"].sudo()
        return attachments_sudo.create(
            {"name": name, "raw": data, "res_model": self._name, "res_id": self.id}
        )

    def _on_job_finished(self, job):
        """Drop what was only needed to make the workbook."""
        self._parts().unlink()
        # sudo: as in `_start`.
        self_sudo = self.sudo()
        self_sudo.plan = False

    @api.autovacuum
    def _gc_exports(self):
        """Delete workbooks that nobody needs any more, a week later."""
        old = self.search([("create_date", "<", "today -7d")], limit=1000)
        self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "in", old.ids)]
        ).unlink()
        old.unlink()


def _of(session):
    return f"{PART}-{session.id}"


def _plain(value):
    return value.isoformat()
