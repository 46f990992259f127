import uuid

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...exceptions import CountRefused
from ...pure.counting.client import parse_id, parse_instant, parse_parts

CLIENT_IDS = ("line_id", "product_id", "location_id", "lot_id", "package_id", "owner_id", "uom_id")
OUR_UUIDS = ("void-", "unknown-")
UUID_LIMIT = 100
CLIENT_TEXTS = ("mode", "device")


class CountSessionEntering(models.Model):
    """The doors through which counts come in: typed, scanned, sent by a device."""

    _inherit = "stockex.count.session"

    # --- Actions ---

    def action_record(self, items):
        """Record counts (called by clients).

        :param items: as for `_record_entries`; instants as ISO strings in UTC.
        :return: per line counted, what the counter may see of it.
        """
        lines = self._record_entries(self._parse_items(items))
        return lines._read_for_counter()

    def action_scan(self, barcode, location_id=False):
        """Count one scanned barcode: see `stockex.count.scanner`."""
        self.ensure_one()
        self._check_counter()
        # sudo: counters may not read every product, lot and location; what the scanner
        # returns is only what a counter may see.
        session_sudo = self.sudo()
        scanner = session_sudo.env["stockex.count.scanner"]
        try:
            place = parse_id(location_id) if location_id else False
        except (TypeError, ValueError) as error:
            raise CountRefused(
                self.env._("A scan names a location that is none; scan the location again.")
            ) from error
        return scanner._scan(session_sudo, str(barcode or "").replace("\x00", ""), place)

    # --- Business ---

    def _parse_items(self, items):
        """Turn what a client sent into entries.

        :raise CountRefused: for an item without UUID, or a quantity or time that is none.
        """
        try:
            return [self._parse_item(item) for item in items]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise CountRefused(
                self.env._(
                    "An entry cannot be read (%(error)s): each needs a uuid, a quantity and "
                    "a line or a product and its location.",
                    error=error,
                )
            ) from error

    @api.model
    def _parse_item(self, item):
        # Two entries that both lacked a UUID would pass for one and its replay.
        if not item["uuid"]:
            raise ValueError("uuid is empty")
        # Entries of ours: those that take others back, and linked finds.
        if str(item["uuid"]).startswith(OUR_UUIDS):
            raise ValueError(f"uuid begins with {' or '.join(OUR_UUIDS)}")
        if len(str(item["uuid"])) > UUID_LIMIT:
            raise ValueError("uuid is too long")
        parts = parse_parts(item.get("parts"))
        return {
            **{name: item[name] for name in CLIENT_TEXTS if name in item},
            **{name: parse_id(item[name]) for name in CLIENT_IDS if item.get(name)},
            "uuid": str(item["uuid"]),
            "parts": parts,
            "quantity": 0.0 if parts else float(item["quantity"]),
            "counted_at": parse_instant(item.get("counted_at")),
        }

    def _record_entries(self, items):
        """Record a batch of counts as the present user; all of it or nothing.

        :param items: see `stockex.count.recorder._record`.
        """
        self.ensure_one()
        self._check_counter()
        self._check_counting()
        return self._record_checked(items)

    def _record_checked(self, items):
        # sudo: entries are the system's to write, and counters may not read what is
        # behind a line; the caller checked who they are and what state we are in.
        session_sudo = self.sudo()
        recorder = session_sudo.env["stockex.count.recorder"]
        return recorder._record(session_sudo, items).sudo(False)

    def _check_counter(self):
        self.check_access("read")
        # sudo: counters see only sessions of theirs; the list of names is not secret.
        counters_sudo = self.sudo().counter_ids
        if self.env.user in counters_sudo or self.env.user.has_group("stockex.group_controller"):
            return
        raise AccessError(
            self.env._(
                "You are not a counter of “%(session)s”. Ask its controller to add you.",
                session=self.display_name,
            )
        )

    def _check_counting(self, *states):
        """Refuse if the session takes no counts; keep it from closing until we commit.

        :param states: in which it takes them; "counting" if none is named.
        """
        self.flush_recordset(["state"])
        [(state,)] = self.env.execute_query(
            SQL("SELECT state FROM stockex_count_session WHERE id = %s FOR SHARE", self.id)
        )
        if state in (states or ("counting",)):
            return
        labels = dict(self._fields["state"]._description_selection(self.env))
        raise CountRefused(
            self.env._(
                "“%(session)s” takes no counts: it is in state “%(state)s”.",
                session=self.display_name,
                state=labels[state],
            )
        )

    def _touch(self):
        """Change the session's row: an approval that waits for us must begin again."""
        self.env.execute_query(
            SQL(
                """UPDATE stockex_count_session SET write_date = now() AT TIME ZONE 'UTC'
                    WHERE id = ANY(%s) RETURNING id""",
                self.ids,
            )
        )

    def _count_as_zero(self, lines):
        """Record zero on lines; in review too, which only a controller reaches."""
        self.ensure_one()
        self._check_counter()
        self._check_counting("counting", "review")
        if self.state == "review":
            self._check_role("stockex.group_controller")
            self._touch()
        self._record_checked(
            [
                {
                    "line_id": line.id,
                    "quantity": 0.0,
                    "uuid": str(uuid.uuid4()),
                    "mode": "set",
                }
                for line in lines
            ]
        )
