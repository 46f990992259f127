import base64
import io

from PIL import Image

from odoo.tests import tagged

from .sync_case import SyncCase


def picture(side=40, kind="JPEG"):
    out = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(out, kind, quality=95)
    return base64.b64encode(out.getvalue()).decode()


@tagged("post_install", "-at_install")
class TestSyncPhotos(SyncCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 7)
        cls.open = cls.begun()
        cls.the_line = cls.line(cls.open, cls.bolt)
        cls.data = picture()

    def photos(self):
        return self.env["stockex.count.photo"].search([])

    def test_photos_of_a_line_of_a_count_and_of_a_find(self):
        count = self.add(self.the_line, 3)
        find = self.op(code="nobody knows", location=self.bin_a.id, quantity=1)
        ops = [
            count,
            find,
            self.op("photo", of=count["op"], data=self.data, at=self.now(60)),
            self.op("photo", of=find["op"], data=self.data),
            self.op("photo", line=self.the_line.id, data=self.data),
        ]

        answers = self.push(*ops)

        self.assertEqual({one["status"] for one in answers}, {"applied"}, answers)
        found = self.photos().sorted("id")
        self.assertEqual(found.line_id, self.the_line)
        self.assertEqual(found[1].unknown_id, self.row(find).unknown_id)
        self.assertEqual(found.user_id, self.karim)
        self.assertEqual(found[0].taken_at, self.row(ops[2]).corrected_at)
        self.assertNotIn(self.data[:50], self.row(ops[2]).payload)
        self.push(*ops)
        self.assertEqual(len(self.photos()), 3)

    def test_what_is_no_jpeg_or_too_large_is_refused(self):
        large = base64.b64encode(b"\xff\xd8\xff" + bytes(1024 * 1024)).decode()
        cut = base64.b64encode(base64.b64decode(self.data)[:60]).decode()
        for data, code in (
            (picture(kind="PNG"), "not_jpeg"),
            ("not base64!", "not_jpeg"),
            (base64.b64encode(b"<svg/>").decode(), "not_jpeg"),
            (large, "too_large"),
            (cut, "count_refused"),
        ):
            with self.subTest(code=code):
                self.assert_rejected(self.op("photo", line=self.the_line.id, data=data), code)
        endless = self.op("photo", line=self.the_line.id, data="A" * 1_400_001)
        self.assert_rejected(endless, "unreadable")
        self.assertFalse(self.photos())

    def test_a_sixth_photo_is_kept_with_its_operation(self):
        for _number in range(5):
            self.one(self.op("photo", line=self.the_line.id, data=self.data))
        sixth = self.op("photo", line=self.the_line.id, data=self.data)

        self.assert_rejected(sixth, "count_refused", "5 photos")

        self.assertEqual(self.row(sixth).photo.decode(), self.data)
        self.assertEqual(len(self.photos()), 5)

    def test_a_photo_that_came_too_late_is_entered_by_the_controller(self):
        count = self.add(self.the_line, 3)
        self.one(count)
        self.open.with_user(self.carla).action_review()
        late = self.op("photo", of=count["op"], data=self.data)
        alone = self.op("photo", line=self.the_line.id, data=self.data)
        self.assert_rejected(late, "session_closed")
        self.assert_rejected(alone, "session_closed")

        for op in (late, alone):
            self.row(op).with_user(self.carla).action_enter()

        self.assertEqual(self.photos().line_id, self.the_line)
        self.assertEqual((len(self.photos()), self.photos().user_id), (2, self.karim))
        self.assertEqual(self.one(late)["status"], "duplicate")

    def test_a_photo_of_nothing_or_of_another_session_is_refused(self):
        bad = self.add(self.the_line, -1)
        self.one(bad)
        other = self.begun(self.bin_b)

        for op, code in (
            (self.op("photo", of=bad["op"], data=self.data), "nothing_to_show"),
            (self.op("photo", of=self.op()["op"], data=self.data), "operation_unknown"),
            (self.op("photo", other, line=self.the_line.id, data=self.data), "line_unknown"),
        ):
            self.assert_rejected(op, code)
            self.assertTrue(self.row(op).photo)
        with self.assert_refused("dismiss"):
            self.row(op).with_user(self.carla).action_enter()
