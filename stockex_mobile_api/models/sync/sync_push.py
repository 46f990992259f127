import logging
import uuid
from datetime import UTC

from psycopg2 import DataError

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...exceptions import HandheldRefused, OperationRefused
from ...pure.sync.clock import corrected, is_absurd, offset_of
from ...pure.sync.envelope import digest_of
from ...pure.sync.operation import MOST_OPERATIONS, OperationInvalid, read_operation, uuid_of
from .batch import Batch, Step
from .sync_device import _written

_logger = logging.getLogger(__name__)

# What one broken operation may raise: it must not keep the others on the device for ever.
FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, DataError)
HANDLERS = {
    "undo": "_take_back",
    "adhoc": "_begin_count",
    "unknown": "_keep_unknown",
    "photo": "_add_photo",
    "resolve": "_resolve",
    "zone_done": "_finish_zone",
}


class SyncPush(models.AbstractModel):
    """Takes in what handhelds send: each operation once, and each with an answer.

    Everything of a call is one transaction: a server that dies has taken all of it or
    nothing, and the device, which never heard, sends it again.
    """

    _name = "stockex.sync.push"
    _description = "Handheld Sending"

    # --- Business ---

    @api.model
    def _push(self, sent):
        """Apply a batch of operations.

        :param sent: the arguments of the call.
        :raise HandheldRefused: if nothing of it is taken.
        """
        device_sudo, state, received = self.env["stockex.sync.device"]._come(sent)
        items = self._checked_items(sent)
        # One batch of a device at a time: what is sent twice at once begins again.
        self.env.execute_query(
            SQL("SELECT id FROM stockex_sync_device WHERE id = %s FOR UPDATE", device_sudo.id)
        )
        offset = offset_of(state.now.astimezone(UTC).replace(tzinfo=None), received)
        batch = Batch(device_sudo, received, offset)
        batch.steps = [self._read(batch, item) for item in items]
        self._recognise(batch)
        self.env["stockex.sync.operation"]._keep(batch)
        self._apply(batch)
        self.env["stockex.sync.device"]._tell_conflicts(batch)
        device_sudo._note(
            state,
            received,
            sent=len(batch.steps),
            last_sync=received.replace(microsecond=0),
            **self._place(batch),
        )
        return {"server_time": _written(received), "results": self._answers(batch)}

    @api.model
    def _checked_items(self, sent):
        items = sent.get("ops")
        if not isinstance(items, list):
            raise HandheldRefused(
                self.env._("The call cannot be read (%(error)s).", error="ops: no list"), "invalid"
            )
        if len(items) > MOST_OPERATIONS:
            raise HandheldRefused(
                self.env._(
                    "%(count)s operations are too many at once: send %(most)s at most.",
                    count=len(items),
                    most=MOST_OPERATIONS,
                ),
                "too_many",
            )
        return items

    @api.model
    def _read(self, batch, item):
        given = uuid_of(item)
        step = Step(item, given, digest_of(item), uuid=given.lower() if given else "")
        try:
            step.parsed = read_operation(item)
        except OperationInvalid as error:
            step.fault = str(error)
            return step
        at = step.parsed.at.astimezone(UTC).replace(tzinfo=None)
        step.at = corrected(at, batch.offset, batch.received)
        return step

    @api.model
    def _recognise(self, batch):
        """Find the rows of operations that were received before.

        A UUID that means something else already does not hide what came under it: that is
        kept under another, which is the same whenever it is sent again.
        """
        rows = self._rows_of(step.uuid for step in batch.steps)
        first = {}
        for step in batch.steps:
            row, earlier = rows.get(step.uuid), first.get(step.uuid)
            other = (row and not self._is_same(row, step)) or (
                earlier and earlier.digest != step.digest
            )
            if other or not step.uuid:
                step.is_taken = bool(step.uuid)
                step.uuid = self._other_uuid(batch, step)
            first.setdefault(step.uuid, step)
        rows |= self._rows_of(step.uuid for step in batch.steps if step.uuid not in rows)
        for step in batch.steps:
            step.record = rows.get(step.uuid)
            step.again = bool(step.record) or first[step.uuid] is not step

    @api.model
    def _other_uuid(self, batch, step):
        text = f"{batch.device.uuid}:{step.given}:{step.digest}"
        return str(uuid.uuid5(uuid.NAMESPACE_OID, text))

    @api.model
    def _rows_of(self, uuids):
        # sudo: rows of others are only looked for, so that none is taken for this one.
        rows_sudo = self.env["stockex.sync.operation"].sudo()
        uuids = [one for one in uuids if one]
        return {row.uuid: row for row in rows_sudo.search([("uuid", "in", uuids)])}

    @api.model
    def _is_same(self, row, step):
        return row.user_id == self.env.user and row.digest == step.digest

    # --- Applying ---

    @api.model
    def _apply(self, batch):
        """Apply what is new in the order in which it was done."""
        fresh = [step for step in batch.steps if not step.again]
        for step in fresh:
            self._refuse_unreadable(step, batch)
        ready = sorted(
            (step for step in fresh if step.record.status == "received"),
            key=lambda step: step.order,
        )
        self._find_sessions(batch, ready)
        for steps in _runs(ready):
            kind = steps[0].parsed.kind
            if kind == "count":
                self._count(batch, steps)
                continue
            [step] = steps
            handler = getattr(self, HANDLERS[kind])
            self._try(step, lambda step=step, handler=handler: handler(batch, step))

    @api.model
    def _refuse_unreadable(self, step, batch):
        if step.is_taken:
            code = "uuid_taken"
            message = self.env._("Its number belongs to something else. Count it again.")
        elif step.fault:
            code, message = "unreadable", step.fault
        elif is_absurd(step.at, batch.received):
            code = "clock"
            message = self.env._("It is more than a year old: set the clock of the device.")
        else:
            return
        step.settle(status="rejected", code=code, message=message)

    @api.model
    def _find_sessions(self, batch, steps):
        """Look up the sessions of a batch, also those that the device began itself."""
        named = {step.parsed.session for step in steps}
        local = [name for name in named if isinstance(name, str)]
        ids = {name for name in named if isinstance(name, int)}
        found = {}
        if local:
            # sudo: only the user's own.
            rows_sudo = self.env["stockex.sync.operation"].sudo()
            begun_sudo = rows_sudo.search(
                [
                    ("local_session", "in", local),
                    ("user_id", "=", self.env.uid),
                    ("kind", "=", "adhoc"),
                    ("session_id", "!=", False),
                ]
            )
            found = {row.local_session: row.session_id.id for row in begun_sudo}
        sessions = self.env["stockex.count.session"]._counted_by(
            self.env.user, ids | set(found.values())
        )
        batch.sessions = {session.id: session for session in sessions}
        for name, session_id in found.items():
            if session_id in batch.sessions:
                batch.sessions[name] = batch.sessions[session_id]

    @api.model
    def _try(self, step, call):
        """Apply one operation, or keep it with the reason why not."""
        try:
            with self.env.cr.savepoint():
                vals = call()
        except (UserError, *FAULTS) as error:
            vals = self._refusal(error)
        step.settle(**vals)

    @api.model
    def _refusal(self, error):
        if isinstance(error, OperationRefused):
            return {
                "status": error.status,
                "code": error.code,
                "message": str(error),
                **error.vals,
            }
        if isinstance(error, UserError):
            code = getattr(error, "code", "refused")
            return {"status": "rejected", "code": code, "message": str(error)}
        _logger.error("An operation of a handheld failed", exc_info=error)
        message = self.env._("The server could not take it. Your controller finds it in the list.")
        return {"status": "rejected", "code": "error", "message": message}

    @api.model
    def _place(self, batch):
        """Return where the device's user counted last, if the batch tells."""
        counted = [
            step.record
            for step in sorted(batch.steps, key=lambda step: step.order)
            if not step.again and step.record.kind == "count" and step.record.line_id
        ]
        if not counted:
            return {}
        last = counted[-1]
        return {"session_id": last.session_id.id, "location_id": last.line_id.location_id.id}


def _runs(steps):
    """Split operations, in their order, into counts that go together and each of the rest."""
    runs, last = [], None
    for step in steps:
        key = step.parsed.session if step.parsed.kind == "count" else None
        if key is not None and key == last:
            runs[-1].append(step)
        else:
            runs.append([step])
        last = key
    return runs
