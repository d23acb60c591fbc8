"""What grows must not ask the database more often."""

from odoo.tests import tagged

from ..case_common import ServiceCase

SHOWN = {"subject": {}, "severity": {}, "state": {}, "due_at": {}, "is_overdue": {}, "name": {}} | {
    f"{name}_id": {"fields": {"display_name": {}}} for name in ("room", "partner", "category", "department", "user")
}


@tagged("post_install", "-at_install")
class TestPerformance(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._make_user("service")

    def _make_many(self, number):
        guests = self.env["res.partner"].create([{"name": f"G{n}", "is_hotel_guest": True} for n in range(number)])
        rooms = [self._make_room(self.room_type) for _room in range(3)]
        return self.env["hotel.case"].create(
            [
                {
                    "description": f"Noise {n}",
                    "property_id": self.hotel.id,
                    "partner_id": guest.id,
                    "room_id": rooms[n % 3].id,
                }
                for n, guest in enumerate(guests)
            ]
        )

    def _count(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        return self.env.cr.sql_log_count - before

    def test_the_board_asks_as_often_for_many_cases_as_for_few(self):
        cases = self.env["hotel.case"].with_user(self.clerk)

        def open_board():
            return cases.web_read_group(
                [], ["state"], ["__count"], auto_unfold=True, unfold_read_specification=SHOWN,
                unfold_read_default_limit=40, order="due_at, id",
            )  # fmt: skip

        self._make_many(12)
        open_board()
        few = self._count(open_board)
        self._make_many(27)
        self.assertLessEqual(self._count(open_board), few + 1)
        shown = {group["state"]: group["__count"] for group in open_board()["groups"]}
        self.assertEqual(shown["new"], 39)

    def test_a_case_from_a_room_is_written_with_few_questions_to_the_database(self):
        room, intake = self._make_room(self.room_type), self.env["hotel.case.intake"]
        self._make_stay(self._make_guest(), room_id=room.id, state="in_house")
        facts = {"kind": "complaint", "text": "The bathroom was dirty", "pictures": []}

        def take_in():
            intake._take_in_from_room(room.sudo(), facts)
            self.env.flush_all()

        take_in()
        self.assertLessEqual(self._count(take_in), 10)

    def test_a_limit_of_several_kinds_is_counted_by_one_statement(self):
        limits = self.env["hotel.rate.limit"]
        self.registry_enter_test_mode()
        uses = [("act", "session a"), ("case", "room 1")]
        limits._spend_all(uses, "10.0.0.1")
        self.assertEqual(self._count(lambda: limits._spend_all(uses, "10.0.0.1")), 1)

    def test_a_board_that_loads_again_notes_each_guest_once_a_day(self):
        self._make_many(3)
        cases, log = self.env["hotel.case"].with_user(self.clerk), self.env["hotel.access.log"]
        args = {"auto_unfold": True, "unfold_read_specification": SHOWN, "unfold_read_default_limit": 40}
        mine = [("user_id", "=", self.clerk.id), ("model", "=", "hotel.case")]
        counts = []
        for _time in range(3):
            cases.web_read_group([], ["state"], ["__count"], **args)
            counts.append(sum(log.search(mine).mapped("guest_count")))
        self.assertEqual(counts, [3, 3, 3])

    def test_many_cases_are_taken_in_and_sorted_with_as_many_questions_as_few(self):
        self._make_many(1)
        # one more: rows are updated by the hundred, and those of two departments apart
        self.assertLessEqual(self._count(lambda: self._make_many(20)), self._count(lambda: self._make_many(5)) + 4)
        few, many = self._make_many(5).with_user(self.clerk), self._make_many(20).with_user(self.clerk)
        first = self._count(few.action_classify)
        self.assertLessEqual(self._count(many.action_classify), first + 2)
        self.assertLess(first, 45)

    def test_deadlines_of_many_are_reckoned_with_as_many_questions_as_of_few(self):
        few, many = self._make_many(5), self._make_many(40)
        few._set_clock()
        first = self._count(few._set_clock)
        # pages of reading grow by the thousand; nothing is asked for each case
        self.assertLessEqual(self._count(many._set_clock), first + 2)
