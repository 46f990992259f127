from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.stockex.exceptions import BarcodeUnknown, CountRefused

from ...exceptions import OperationRefused
from ...pure.sync.decide import conflict_of, is_stale, version_of
from .batch import text_of, vals_of
from .sync_push import FAULTS


class SyncPushCounting(models.AbstractModel):
    """Counts of a handheld: many at once, and none harmed by another."""

    _inherit = "stockex.sync.push"

    # --- Business ---

    @api.model
    def _count(self, batch, steps):
        """Record counts of one session, given in the order in which they were made."""
        try:
            session = self._open_session(batch, steps[0])
        except OperationRefused as error:
            self._refuse_counts(batch, steps, error)
            return
        pairs = self._targets(session, steps)
        pairs = self._without_taken(pairs)
        pairs = self._without_stale(batch, session, pairs)
        recorded = self._by_halves(
            session, pairs, lambda part: session._record_entries([item for _step, item in part])
        )
        self._settle_counted(session, recorded)

    @api.model
    def _open_session(self, batch, step):
        """Return the session of an operation, which takes counts until we commit.

        :raise OperationRefused: if it takes none, or is none of the user's.
        """
        session = batch.sessions.get(step.parsed.session)
        if not session:
            raise OperationRefused(
                self.env._("You do not count there, or the count is gone. Ask its controller."),
                "session_unknown",
            )
        return self._check_open(batch, session)

    @api.model
    def _check_open(self, batch, session):
        if session.id in batch.open:
            return session
        try:
            session._check_counting()
        except CountRefused as error:
            vals = {"session_id": session.id, "company_id": session.company_id.id}
            raise OperationRefused(str(error), "session_closed", **vals) from error
        batch.open.add(session.id)
        return session

    @api.model
    def _refuse_counts(self, batch, steps, error):
        """Refuse counts of a session that takes none; say what stands on their lines."""
        session = batch.sessions.get(steps[0].parsed.session)
        ids = {step.parsed.line for step in steps} - {None}
        # sudo: counters no longer read lines of a session that is closed to them.
        lines_sudo = self.env["stockex.count.line"].sudo().browse(ids if session else ())
        own = {line.id: line for line in lines_sudo.exists() if line.session_id == session}
        for step in steps:
            vals = self._refusal(error)
            line = own.get(step.parsed.line)
            if line:
                vals["line_id"] = line.id
                vals["message"] = self._standing(session, line)
            step.settle(**vals)

    @api.model
    def _standing(self, session, line):
        """Say what became of a line whose session takes no more counts."""
        states = dict(session._fields["state"]._description_selection(self.env))
        if line.state == "pending":
            return self.env._(
                "“%(session)s” takes no counts: it is in state “%(state)s”. “%(line)s” was not "
                "counted. Yours is kept for its controller.",
                session=session.display_name,
                state=states[session.state],
                line=line.display_name,
            )
        return self.env._(
            "“%(session)s” takes no counts: it is in state “%(state)s”. “%(line)s” stands at "
            "%(quantity)s %(unit)s. Yours is kept for its controller.",
            session=session.display_name,
            state=states[session.state],
            line=line.display_name,
            quantity=text_of(line.counted_quantity),
            unit=line.uom_id.name,
        )

    # --- Whether it is taken ---

    @api.model
    def _without_taken(self, pairs):
        """Refuse counts whose UUID is that of an entry which came another way."""
        # sudo: only whether a UUID is taken is told.
        entries_sudo = self.env["stockex.count.entry"].sudo()
        uuids = [step.uuid for step, _item in pairs]
        taken = set(entries_sudo.search([("uuid", "in", uuids)]).mapped("uuid"))
        for step, _item in pairs:
            if step.uuid in taken:
                message = self.env._("Its number belongs to something else. Count it again.")
                step.settle(status="rejected", code="uuid_taken", message=message)
        return [pair for pair in pairs if pair[0].uuid not in taken]

    @api.model
    def _without_stale(self, batch, session, pairs):
        """Put corrections aside that did not know what has been counted meanwhile."""
        lines = self._lines_of_sets(session, pairs)
        if not lines:
            return pairs
        entries = self.env["stockex.sync.operation"]._entries_on(
            self.env["stockex.count.line"].union(*lines.values()), self.env.user, batch.device
        )
        stale = [
            (step, item)
            for step, item in pairs
            if step.uuid in lines
            and is_stale(entries[lines[step.uuid].id], step.parsed.base, step.order)
        ]
        self._put_aside(session, stale, lines, entries)
        aside = {step.uuid for step, _item in stale}
        return [pair for pair in pairs if pair[0].uuid not in aside]

    @api.model
    def _lines_of_sets(self, session, pairs):
        """Return {uuid: line} of corrections whose line is there already."""
        sets = [(step, item) for step, item in pairs if step.parsed.mode == "set"]
        if not sets:
            return {}
        # sudo: counters may not read what is behind a line; only whether it is there.
        session_sudo = session.sudo()
        locator_sudo = session_sudo.env["stockex.count.locator"]
        keys = [locator_sudo._item_key(item) for _step, item in sets if not item.get("line_id")]
        by_key = locator_sudo._lines_by_key(session_sudo, keys)
        ids = [item["line_id"] for _step, item in sets if item.get("line_id")]
        lines_sudo = session_sudo.env["stockex.count.line"].browse(ids).exists()
        by_id = {line.id: line for line in lines_sudo if line.session_id == session}
        found = {
            step.uuid: by_id.get(item["line_id"])
            if item.get("line_id")
            else by_key.get(locator_sudo._item_key(item))
            for step, item in sets
        }
        return {one: line for one, line in found.items() if line}

    @api.model
    def _put_aside(self, session, stale, lines, entries):
        """Keep both counts of a line until somebody decides."""
        # sudo: as in `_lines_of_sets`.
        session_sudo = session.sudo()
        units_sudo = session_sudo.env["stockex.count.units"]
        checker_sudo = session_sudo.env["stockex.count.checker"]

        def check(part):
            found = [lines[step.uuid] for step, _item in part]
            items = units_sudo._convert([item for _step, item in part], found)
            checker_sudo._check_items(session_sudo, items, found)
            for (_step, item), converted in zip(part, items, strict=True):
                item["in_unit"] = converted["quantity"]

        for step, item in self._by_halves(session, stale, check):
            line = lines[step.uuid]
            found = conflict_of(entries[line.id], step.parsed.base, step.order, item["in_unit"])
            newest = max(entry.id for entry in entries[line.id])
            step.settle(
                **vals_of(session),
                status="conflict",
                code="stale",
                message=self.env._(
                    "“%(line)s” was counted meanwhile: you counted %(mine)s, there is "
                    "%(theirs)s %(unit)s. Which one is right?",
                    line=line.display_name,
                    mine=text_of(found.mine),
                    theirs=text_of(found.theirs),
                    unit=line.uom_id.name,
                ),
                line_id=line.id,
                quantity=found.mine,
                theirs_quantity=found.theirs,
                line_version=version_of(newest),
            )

    @api.model
    def _by_halves(self, session, pairs, call):
        """Call with all pairs at once if that goes; else find those that do not, by halves.

        :return: the pairs that went; the others are refused.
        """
        if not pairs:
            return []
        try:
            with self.env.cr.savepoint():
                call(pairs)
        except (UserError, *FAULTS) as error:
            if len(pairs) == 1:
                pairs[0][0].settle(**vals_of(session), **self._refusal(error))
                return []
            middle = len(pairs) // 2
            halves = (pairs[:middle], pairs[middle:])
            return [pair for half in halves for pair in self._by_halves(session, half, call)]
        return pairs

    @api.model
    def _settle_counted(self, session, pairs):
        counted = self._counted_vals([step.uuid for step, _item in pairs])
        for step, _item in pairs:
            step.settle(**vals_of(session), status="applied", **counted[step.uuid])

    @api.model
    def _counted_vals(self, uuids):
        """Return {uuid: what its operation tells of the entry}."""
        # sudo: counters may not read what is behind a line.
        entries_sudo = self.env["stockex.count.entry"].sudo()
        found_sudo = entries_sudo.search([("uuid", "in", uuids)])
        return {
            entry.uuid: {
                "entry_id": entry.id,
                "line_id": entry.line_id.id,
                "product_id": entry.line_id.product_id.id,
                "location_id": entry.line_id.location_id.id,
                "lot_id": entry.line_id.lot_id.id,
                "quantity": entry.quantity,
            }
            for entry in found_sudo
        }

    @api.model
    def _enter_count(self, session, step):
        """Record one count after all; the caller checked who decides, and the session."""
        try:
            item = self._named_item(session, step, {})
        except BarcodeUnknown:
            return self._keep_code(session, step)
        session._record_checked([item])
        return self._counted_vals([step.uuid])[step.uuid]
