from datetime import date

from odoo.tests import tagged

from ..common import HotelCase


@tagged("post_install", "-at_install")
class TestLookup(HotelCase):
    def _look_up(self, text, limit=12, user=None):
        return self.env["res.partner"].with_user(user or self.clerk).hotel_lookup(text, limit)

    def _names(self, text, **options):
        return [row["name"] for row in self._look_up(text, **options)]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._make_user("front_office")

    def test_a_guest_is_found_in_any_writing(self):
        self._make_guest("王伟", phone="+8613912345678", email="wei@example.com")
        for text in ("王伟", "王", "伟", "wangwei", "wang wei", "wei wang", "WEIWANG", "ww", "wang", "5678"):
            self.assertEqual(self._names(text), ["王伟"], text)
