import base64
import binascii

from odoo import api, models

from odoo.addons.stockex.exceptions import CountRefused

from ...exceptions import OperationRefused
from .batch import vals_of

JPEG = b"\xff\xd8\xff"
PHOTO_BYTES = 1024 * 1024


class SyncPushFinding(models.AbstractModel):
    """Finds that nobody can name, pictures, and the word that a zone is finished."""

    _inherit = "stockex.sync.push"

    # --- Business ---

    @api.model
    def _keep_unknown(self, batch, step):
        return self._kept(self._open_session(batch, step), step, step.parsed.quantity)

    @api.model
    def _keep_code(self, session, step):
        """Keep a count whose code stands for nothing known."""
        parsed = step.parsed
        parts = parsed.parts or ()
        quantity = parsed.quantity or sum(part.quantity for part in parts)
        return self._kept(session, step, quantity)

    @api.model
    def _kept(self, session, step, quantity):
        parsed = step.parsed
        try:
            find_sudo = session._keep_find(
                {
                    "location_id": parsed.location,
                    "barcode": (parsed.code or "").strip() or False,
                    "quantity": quantity,
                    "note": getattr(parsed, "note", None),
                    "found_at": step.at.replace(microsecond=0),
                }
            )
        except CountRefused as error:
            raise OperationRefused(str(error), error.code, **vals_of(session)) from error
        return {
            **vals_of(session),
            "status": "applied",
            "code": "unidentified",
            "unknown_id": find_sudo.id,
            "location_id": parsed.location,
        }

    # --- Photos ---

    @api.model
    def _add_photo(self, batch, step):
        """Put a picture where it belongs; keep it with its operation if that cannot be."""
        data = self._checked_photo(step.parsed.data)
        try:
            session, home, about = self._home_of(batch, step)
            photo_sudo = self._store_photo(session, home, data, step.at)
        except OperationRefused as error:
            error.vals["photo"] = data
            raise
        except CountRefused as error:
            raise OperationRefused(str(error), error.code, photo=data) from error
        return {
            **vals_of(session),
            **about,
            "status": "applied",
            "line_id": photo_sudo.line_id.id,
            "unknown_id": photo_sudo.unknown_id.id,
        }

    @api.model
    def _store_photo(self, session, home, data, at):
        # sudo: photos are the system's to write; the caller checked where they belong.
        photos_sudo = self.env["stockex.count.photo"].sudo()
        photo_sudo = photos_sudo._add({**home, "session_id": session.id}, self.env._("Photo"), data)
        photo_sudo.taken_at = at.replace(microsecond=0)
        return photo_sudo

    @api.model
    def _checked_photo(self, data):
        try:
            picture = base64.b64decode(data, validate=True)
        except (binascii.Error, ValueError):
            picture = b""
        if not picture.startswith(JPEG):
            raise OperationRefused(self.env._("This is no JPEG picture."), "not_jpeg")
        if len(picture) > PHOTO_BYTES:
            raise OperationRefused(
                self.env._("The picture is larger than 1 MB: take it again, smaller."),
                "too_large",
            )
        return data

    @api.model
    def _home_of(self, batch, step):
        """Return `(session, what the picture is of, what it is about)`."""
        if step.parsed.of:
            return self._home_of_operation(batch, self._own_operation(step.parsed.of))
        session = self._open_session(batch, step)
        # sudo: only whether the line is of this session.
        line_sudo = self.env["stockex.count.line"].sudo().browse(step.parsed.line).exists()
        if line_sudo.session_id != session:
            raise OperationRefused(
                self.env._(
                    "The line is not in “%(session)s”: load the list again.",
                    session=session.display_name,
                ),
                "line_unknown",
                **vals_of(session),
            )
        return session, {"line_id": line_sudo.id}, {}

    @api.model
    def _home_of_operation(self, batch, of):
        about = {
            "of_id": of.id,
            "session_id": of.session_id.id,
            "company_id": of.company_id.id,
            "line_id": of.line_id.id,
        }
        if not (of.unknown_id or of.line_id):
            raise OperationRefused(
                self.env._("What the picture is of could not be counted itself."),
                "nothing_to_show",
                **about,
            )
        session = self._own_session(batch, of, about)
        home = {"unknown_id": of.unknown_id.id} if of.unknown_id else {"line_id": of.line_id.id}
        return session, home, {"of_id": of.id}

    # --- Zones ---

    @api.model
    def _finish_zone(self, batch, step):
        session = self._open_session(batch, step)
        zones_sudo = self._zones_to_finish(session, step.parsed.zone)
        if not zones_sudo:
            raise OperationRefused(
                self.env._(
                    "The zone is not in “%(session)s”: load the list again.",
                    session=session.display_name,
                ),
                "zone_unknown",
                **vals_of(session),
            )
        zones_sudo.write({"done_at": step.at.replace(microsecond=0), "done_by_id": self.env.uid})
        session._tell_changes([])
        return {**vals_of(session), "status": "applied", "zone_id": zones_sudo[:1].id}

    @api.model
    def _zones_to_finish(self, session, zone_id):
        # sudo: counters change no zones; only that one of their session is finished.
        zones_sudo = session.sudo().zone_ids
        if zone_id:
            return zones_sudo.filtered(lambda zone: zone.id == zone_id)
        return zones_sudo.filtered(lambda zone: self.env.user in zone.counter_ids)
