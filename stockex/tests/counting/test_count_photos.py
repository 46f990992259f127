import base64
import io
import struct
import zlib

from PIL import Image

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...exceptions import CountRefused
from ..common import CountCase

PHOTO = "stockex.count.photo"


def picture(width=40, height=30, kind="JPEG"):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind)
    return base64.b64encode(out.getvalue()).decode()


@tagged("post_install", "-at_install")
class TestCountPhotos(CountCase):
    roles = ("karim", "lea", "mona", "carla", "anton")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 7)
        cls.open = cls.session()
        cls.mine = cls.line(cls.open, cls.bolt).with_user(cls.karim)

    def add(self, data=None, name="shelf.jpg", user=None):
        line = self.mine.with_user(user or self.karim)
        return self.env[PHOTO].browse(
            line.action_add_photo(name, picture() if data is None else data)
        )

    def photos(self):
        return self.env[PHOTO].search([("line_id", "=", self.mine.id)])

    def refused(self, data, *words, name="shelf.jpg"):
        before = self.photos()
        with self.assert_refused(*words, error=CountRefused):
            self.add(data, name)
        self.assertEqual(self.photos(), before)

    def test_a_photo_is_kept_with_who_took_it(self):
        photo = self.add()

        self.assertEqual((photo.user_id, photo.session_id), (self.karim, self.open))
        self.assertEqual(self.mine.photo_count, 1)
        self.assertTrue(photo.thumbnail)
        self.assertTrue(photo.taken_at)

    def test_a_picture_made_to_fill_the_memory_is_refused(self):
        header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
        parts = b"\x89PNG\r\n\x1a\n"
        for kind, data in ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")):
            checksum = zlib.crc32(kind + data)
            parts += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)

        self.refused(base64.b64encode(parts).decode(), "cannot be read as a picture")
        for data in (5, {"a": 1}, ["x"]):
            self.refused(data, "cannot be read as a picture")

    def test_a_large_picture_is_made_smaller(self):
        photo = self.add(picture(4000, 1000, "PNG"))

        kept = Image.open(io.BytesIO(base64.b64decode(photo.image)))
        self.assertEqual((kept.size, kept.format), ((1920, 480), "JPEG"))

    def test_a_picture_of_fifty_megabytes_is_refused(self):
        self.refused(base64.b64encode(bytes(50 * 1024 * 1024)).decode(), "50 MB", "10 MB")

    def test_text_under_the_name_of_a_picture_is_refused(self):
        for text in (b"Bolts: 7 boxes", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b""):
            data = base64.b64encode(text).decode()
            self.refused(data, "shelf.jpg", "cannot be read", name="shelf.jpg")
        self.refused("not base64 at all!", "cannot be read")

    def test_the_mere_beginning_of_a_picture_is_refused(self):
        whole = base64.b64decode(picture(600, 600, "PNG"))
        self.refused(base64.b64encode(whole[:20]).decode(), "cannot be read")

    def test_a_picture_of_too_many_pixels_is_refused(self):
        self.refused(picture(8000, 7000, "PNG"), "50 megapixels")

    def test_a_sixth_photo_is_refused_until_one_is_deleted(self):
        photos = [self.add() for _number in range(5)]
        self.refused(picture(), "5 photos")

        photos[2].with_user(self.karim).action_remove()
        again = self.add()

        self.assertEqual(self.mine.photo_count, 5)
        self.assertEqual(again.slot, 3)

    def test_only_who_took_it_deletes_it_and_only_while_counting(self):
        photo = self.add()

        for other in (self.lea, self.carla):
            with self.assert_refused("takes it back", error=AccessError):
                photo.with_user(other).action_remove()
        self.count(self.open, {self.mine: 7})
        self.open.with_user(self.carla).action_review()
        with self.assertRaises(AccessError):
            photo.with_user(self.karim).action_remove()
        self.assertTrue(photo.exists())

    def test_photos_stay_for_those_who_review_and_none_is_added(self):
        photo = self.add()
        self.count(self.open, {self.mine: 7})
        self.post(self.open)

        self.assertEqual(self.open.state, "done")
        for reviewer in (self.carla, self.anton):
            self.assertTrue(photo.with_user(reviewer).image)
        with self.assert_refused("takes no counts", error=CountRefused):
            self.add(user=self.carla)

    def test_strangers_neither_see_nor_add(self):
        photo = self.add()

        self.assertFalse(self.env[PHOTO].with_user(self.mona).search([]))
        with self.assertRaises(AccessError):
            photo.with_user(self.mona).read(["image"])
        with self.assert_refused(error=AccessError):
            self.add(user=self.mona)
        with self.assertRaises(AccessError):
            self.env[PHOTO].with_user(self.karim).create({"line_id": self.mine.id})
        with self.assertRaises(AccessError):
            photo.with_user(self.karim).write({"note": "x"})
        with self.assertRaises(AccessError):
            photo.with_user(self.karim).unlink()
