import base64
import binascii
import io

from PIL import Image

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.image import IMAGE_MAX_RESOLUTION, binary_to_image, image_fix_orientation

from ...exceptions import CountRefused
from .race import begin_again_if_taken

MAX_PHOTOS = 5
MAX_BYTES = 10 * 1024 * 1024
MAX_SIDE = 1920
QUALITY = 85
# What decoding raises for what is no picture, or one made to fill the memory.
UNREADABLE = (OSError, ValueError, SyntaxError, binascii.Error, Image.DecompressionBombError)


class CountPhoto(models.Model):
    """A picture of what was found: of a line, or of something unidentified."""

    _name = "stockex.count.photo"
    _description = "Count Photo"
    _order = "id"
    _rec_name = "taken_at"

    session_id = fields.Many2one(
        "stockex.count.session", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    line_id = fields.Many2one(
        "stockex.count.line", index="btree_not_null", readonly=True, ondelete="cascade"
    )
    unknown_id = fields.Many2one(
        "stockex.count.unknown", index="btree_not_null", readonly=True, ondelete="cascade"
    )
    slot = fields.Integer(required=True, readonly=True, help="1 to 5: keeps a sixth out.")
    image = fields.Image(max_width=MAX_SIDE, max_height=MAX_SIDE, required=True, readonly=True)
    thumbnail = fields.Image(
        related="image", max_width=256, max_height=256, store=True, string="Small picture"
    )
    user_id = fields.Many2one("res.users", "Taken by", required=True, readonly=True)
    taken_at = fields.Datetime(required=True, readonly=True)
    note = fields.Char(readonly=True)

    _slot_range = models.Constraint(f"CHECK (slot BETWEEN 1 AND {MAX_PHOTOS})")
    _one_home = models.Constraint("CHECK (num_nonnulls(line_id, unknown_id) = 1)")
    _line_slot = models.UniqueIndex("(line_id, slot) WHERE line_id IS NOT NULL")
    _unknown_slot = models.UniqueIndex("(unknown_id, slot) WHERE unknown_id IS NOT NULL")

    # --- Actions ---

    def action_remove(self):
        """Take back photos of one's own while the count is open (called by clients)."""
        self.check_access("read")
        for session in self.session_id:
            session._check_counting()
        if any(photo.user_id != self.env.user for photo in self):
            raise AccessError(self.env._("Only who took a photo takes it back."))
        # sudo: photos are the system's to write; whose they are is checked above.
        self_sudo = self.sudo()
        self_sudo.unlink()
        return True

    # --- Business ---

    @api.model
    def _add(self, home, name, data):
        """Store a picture of a line or of something unidentified.

        :param home: ``session_id`` and ``line_id`` or ``unknown_id``.
        :param name: the file's name, for messages.
        :param data: base64.
        :raise CountRefused: if it is no picture, too large, or the sixth.
        """
        image = self._checked_image(name, data)
        session = self.env["stockex.count.session"].browse(home["session_id"])
        with begin_again_if_taken():
            return self.create(
                {
                    **home,
                    "company_id": session.company_id.id,
                    "slot": self._free_slot(home),
                    "image": base64.b64encode(image),
                    "user_id": self.env.uid,
                    "taken_at": fields.Datetime.now(),
                }
            )

    @api.model
    def _free_slot(self, home):
        domain = [
            ("line_id", "=", home.get("line_id", False)),
            ("unknown_id", "=", home.get("unknown_id", False)),
        ]
        taken = set(self.search(domain).mapped("slot"))
        free = [slot for slot in range(1, MAX_PHOTOS + 1) if slot not in taken]
        if not free:
            raise CountRefused(
                self.env._(
                    "There are %(count)s photos already: delete one before you add another.",
                    count=MAX_PHOTOS,
                )
            )
        return free[0]

    @api.model
    def _checked_image(self, name, data):
        """Return an uploaded picture as a JPEG of bounded size."""
        if not isinstance(data, (str, bytes)):
            data = ""
        # Before it is decoded: base64 writes three bytes as four signs.
        if len(data or "") * 3 // 4 > MAX_BYTES + 2:
            raise CountRefused(
                self.env._(
                    "“%(name)s” is too large: %(size)s MB, and %(limit)s MB is the most. "
                    "Take it with a lower resolution.",
                    name=name,
                    size=round(len(data) * 3 / 4 / 1024 / 1024),
                    limit=MAX_BYTES // 1024 // 1024,
                )
            )
        try:
            source = base64.b64decode(data or "", validate=True)
            picture = binary_to_image(source)
            if picture.width * picture.height > IMAGE_MAX_RESOLUTION:
                raise ValueError("more pixels than Odoo takes")
            picture = image_fix_orientation(picture).convert("RGB")
        except (*UNREADABLE, UserError) as error:
            raise CountRefused(
                self.env._(
                    "“%(name)s” cannot be read as a picture: take a JPEG or PNG of at most "
                    "%(pixels)s megapixels.",
                    name=name,
                    pixels=int(IMAGE_MAX_RESOLUTION / 1e6),
                )
            ) from error
        picture.thumbnail((MAX_SIDE, MAX_SIDE))
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=QUALITY)
        return out.getvalue()
