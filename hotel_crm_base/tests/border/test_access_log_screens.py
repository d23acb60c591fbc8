"""Screens that load again by themselves leave one entry for each guest and day."""

from odoo.tests import tagged

from .access_log_common import LogCase


@tagged("post_install", "-at_install")
class TestAccessLogScreens(LogCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.hotel.business_date
        for guest in (cls.guest, cls.other):
            cls._make_stay(guest, arrival=cls.today, room_type_id=cls.room_type.id)

    def _refresh(self, model, method, user=None):
        return self._call(method, self.hotel.id, model=model, user=user)

    def test_a_refresh_notes_who_is_new_on_the_screen(self):
        both = self.guest | self.other
        for model, method in (("hotel.front.desk", "get_day"), ("hotel.room.rack", "get_rack")):
            with self.subTest(model):
                self._refresh(model, method)
                self.assertNoted(("list", both))
                self._refresh(model, method)
                self.assertNoted()
        late = self._make_guest("Eva Late")
        self._make_stay(late, arrival=self.today, room_type_id=self.room_type.id)
        self._entries()
        self._refresh("hotel.front.desk", "get_day")
        self.assertNoted(("list", late))

    def test_another_user_or_day_is_noted(self):
        both = self.guest | self.other
        self._refresh("hotel.front.desk", "get_day")
        self._entries()
        colleague = self._make_user("front_office", login="colleague")
        self._entries()
        self._refresh("hotel.front.desk", "get_day", user=colleague)
        self.assertNoted(("list", both))
        # entries are changed by nobody: yesterday's is written as such
        self.env.cr.execute(
            """INSERT INTO hotel_access_log
                      (logged_at, user_id, action, model, guest_ids, guest_count, field_names, origin)
               SELECT now() AT TIME ZONE 'UTC' - interval '25 hours', %s, action, model, guest_ids, guest_count,
                      field_names, origin
                 FROM hotel_access_log ORDER BY id DESC LIMIT 1""",
            [self._make_user("front_office", login="yesterday").id],
        )
        self._entries()
        self._refresh("hotel.front.desk", "get_day", user=self.env["res.users"].search([("login", "=", "yesterday")]))
        self.assertNoted(("list", both))

    def test_opening_a_guest_is_noted_each_time(self):
        self._refresh("hotel.front.desk", "get_day")
        self._entries()
        for _again in range(2):
            self._call("web_read", self.guest.ids, {"name": {}, "phone": {}})
            self.assertNoted(("open", self.guest))
