from datetime import UTC

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.stockex.models.counting.race import begin_again_if_taken

from ...pure.sync.decide import Counted
from ...pure.sync.envelope import payload_of
from .sync_device import _bounded

PLACES = {
    "product": ("product_id", "product.product"),
    "location": ("location_id", "stock.location"),
    "lot": ("lot_id", "stock.lot"),
}


class SyncOperationKeeping(models.Model):
    """How operations are written down, and which entries they made."""

    _inherit = "stockex.sync.operation"

    # --- Business ---

    @api.model
    def _keep(self, batch):
        """Write down what is new in a batch, before anything is done with it."""
        fresh = [step for step in batch.steps if not step.again]
        known = self._known_records(fresh)
        # sudo: these rows are the system's; they say who sent them.
        operations_sudo = self.sudo()
        with begin_again_if_taken():
            rows_sudo = operations_sudo.create(
                [self._prepare_vals(batch, step, known) for step in fresh]
            )
            rows_sudo.flush_recordset()
        for step, row_sudo in zip(fresh, rows_sudo, strict=True):
            step.record = row_sudo

    @api.model
    def _known_records(self, steps):
        """Return {model: ids that exist} of what operations name, in the user's companies."""
        companies = self.env.user.company_ids.ids
        known = {}
        for name, (_field, model) in PLACES.items():
            ids = {getattr(step.parsed, name, None) for step in steps if step.parsed} - {None}
            # sudo: counters may not read every product and lot; those of their companies
            # are only named in their own operations.
            records_sudo = self.env[model].sudo().with_context(active_test=False)
            domain = [("id", "in", list(ids)), ("company_id", "in", (False, *companies))]
            known[name] = set(records_sudo.search(domain).ids) if ids else set()
        return known

    @api.model
    def _prepare_vals(self, batch, step, known):
        device = batch.device
        wanted = device.company_id.stockex_handheld_position
        vals = {
            "uuid": step.uuid,
            "device_id": device.id,
            "user_id": self.env.uid,
            "company_id": device.company_id.id,
            "kind": "unreadable",
            "received_at": batch.received.replace(microsecond=0),
            "clock_offset_s": _bounded(batch.offset.total_seconds()),
            "payload": payload_of(step.item, wanted),
            "digest": step.digest,
        }
        return vals | self._prepare_parsed_vals(step, known, wanted) if step.parsed else vals

    @api.model
    def _prepare_parsed_vals(self, step, known, wanted):
        parsed = step.parsed
        vals = {
            "kind": parsed.kind,
            "seq": parsed.seq,
            "device_at": parsed.at.astimezone(UTC).replace(tzinfo=None, microsecond=0),
            "corrected_at": step.at.replace(microsecond=0),
        }
        if isinstance(parsed.session, str):
            vals["local_session"] = parsed.session
        for name, (field, _model) in PLACES.items():
            if (record := getattr(parsed, name, None)) in known[name]:
                vals[field] = record
        if parsed.kind in ("count", "unknown"):
            parts = getattr(parsed, "parts", None) or ()
            vals["quantity"] = parsed.quantity or sum(part.quantity for part in parts)
        if parsed.kind == "count":
            vals |= {"mode": parsed.mode, "base": parsed.base}
        if parsed.position and wanted:
            vals |= {
                "latitude": parsed.position.lat,
                "longitude": parsed.position.lon,
                "accuracy_m": parsed.position.accuracy,
            }
        return vals

    @api.model
    def _entries_on(self, lines, user, device):
        """Return {line id: its entries, as `decide` knows them} for a user's device.

        What somebody else decided about an operation is not the device's own doing.
        """
        self.flush_model(["entry_id", "device_id", "seq", "resolved_by_id", "user_id"])
        self.env["stockex.count.entry"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT entry.line_id, entry.id, entry.quantity,
                          entry.superseded_by_id IS NULL AND entry.voids IS NOT TRUE,
                          entry.user_id = %s,
                          (SELECT MIN(operation.seq) FROM stockex_sync_operation operation
                            WHERE operation.entry_id = entry.id AND operation.device_id = %s
                              AND COALESCE(operation.resolved_by_id, operation.user_id)
                                  = operation.user_id)
                     FROM stockex_count_entry entry
                    WHERE entry.line_id = ANY(%s)""",
                user.id,
                device.id,
                lines.ids,
            )
        )
        found = {line.id: [] for line in lines}
        for line_id, entry_id, quantity, live, mine, seq in rows:
            found[line_id].append(Counted(entry_id, float(quantity), live, mine, seq))
        return found

    def _mark(self, resolution):
        """Write down who decided; as superuser."""
        self.write(
            {
                "resolution": resolution,
                "resolved_by_id": self.env.uid,
                "resolved_at": fields.Datetime.now(),
            }
        )
