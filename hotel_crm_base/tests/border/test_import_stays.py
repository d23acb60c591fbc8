from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import tagged

from .import_common import ImportCase, make_bookings, make_csv

HEADER = ("booking", "arrival", "departure", "status", "rate", "guest_id", "guest_name", "room type")


@tagged("post_install", "-at_install")
class TestImportStays(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.city = cls._make_property(name="City Hotel", code="CITY", tz="Europe/Lisbon")
        cls.importer.hotel_property_ids += cls.city

    def _import(self, *rows, header=HEADER, **values):
        values = {"property_id": self.hotel.id, "kind": "stays", **values}
        job = self._make_import(make_csv(header, *rows), **values)
        self._map(job, source_ref="booking", guest_ref="guest_id", guest_name="guest_name")
        return job

    def _bookings(self, *changes, **values):
        return self._make_import(make_bookings(*changes), kind="stays", **values)

    def _stays(self, system="pms"):
        return self.env["hotel.stay"].search([("source_system", "=", system)], order="id")

    def test_a_file_says_itself_when_a_stay_was_cancelled(self):
        header = ("booking", "arrival", "departure", "status", "cancelled_at")
        row = ("B1", "2026-05-01", "2026-05-03", "cancelled", "2026-04-20 10:00")
        job = self._make_import(make_csv(header, row), property_id=self.hotel.id, kind="stays")
        self._map(job, source_ref="booking", cancelled_at="cancelled_at")
        self.assertEqual(self._run(job), (1, 0, 0, 0))
        self.assertEqual(self._stays().cancelled_at, datetime(2026, 4, 20, 9))

    # ---- the layout of hotel_bookings -------------------------------------------------------

    def test_the_preset_is_found_and_the_hotels_are_recognised(self):
        job = self._bookings({}, {"hotel": "Resort Hotel"}, source_system="import")
        self.assertEqual(job.preset_id, self.env.ref("hotel_crm_base.hotel_import_preset_hotel_bookings"))
        self.assertEqual((job.source_system, job.accept_negative), ("hotel_bookings", True))
        self.assertEqual(
            job.place_ids.mapped(lambda place: (place.name, place.property_id)),
            [("City Hotel", self.city), ("Resort Hotel", self.env["hotel.property"])],
        )
        with self.assertRaisesRegex(UserError, "Resort Hotel"):
            job.action_load()

    def test_a_booking_is_loaded_as_the_layout_says(self):
        self.assertEqual(self._run(self._bookings({})), (1, 0, 0, 0))
        stay = self._stays()
        self.assertFalse(stay.partner_id)
        self.assertEqual((stay.property_id, stay.state, stay.guest_country_id.code), (self.city, "departed", "PT"))
        self.assertEqual((stay.arrival_date, stay.departure_date, stay.nights), (date(2016, 7, 1), date(2016, 7, 4), 3))
        self.assertEqual((stay.adults, stay.children, stay.infants, stay.rate), (2, 0, 0, 75.5))
        self.assertEqual((stay.room_type_id.code, stay.booked_room_type_id.code), ("D", "A"))
        self.assertEqual((stay.rate_plan_id.code, stay.channel_id.code), ("BB", "agency"))
        self.assertEqual(stay.market_segment_id.name, "Online TA")
        # ten days before the arrival, at noon in Lisbon
        self.assertEqual(stay.booked_at, datetime(2016, 6, 21, 11, 0))
        self.assertEqual(stay.night_ids.mapped("rate"), [75.5] * 3)
        self.assertEqual(len(stay.source_ref), 26)

    def test_dirty_bookings_have_a_decided_result(self):
        job = self._bookings(
            {"stays_in_weekend_nights": "0", "stays_in_week_nights": "0"},
            {"adr": "-6.38"},
            {"adults": "0"},
            {"children": "NA", "country": "NULL", "meal": "Undefined"},
            {"reservation_status": "Canceled", "reservation_status_date": "2016-06-25"},
            {"reservation_status": "No-Show"},
            {"arrival_date_day_of_month": "31", "arrival_date_month": "June"},
            {"reservation_status": "Sold"},
            {"country": "XYZ"},
        )
        self.assertEqual(self._run(job), (6, 0, 0, 3))
        stays = self._stays()
        self.assertEqual(stays.mapped("is_day_use"), [True] + [False] * 5)
        self.assertEqual(stays.mapped("state"), ["departed"] * 4 + ["cancelled", "no_show"])
        self.assertEqual((stays[1].rate, stays[2].adults, stays[3].children), (-6.38, 0, 0))
        self.assertFalse(stays[3].guest_country_id or stays[3].rate_plan_id)
        self.assertEqual(stays[4].cancelled_at, datetime(2016, 6, 25, 11, 0))
        self.assertEqual(
            job.notes, {"day_use": 1, "negative_rate_kept": 1, "no_person": 1, "empty_count": 1, "no_guest_given": 6}
        )
        self.assertEqual(
            [(row, code) for row, _column, _value, code in self._errors(job)],
            [(8, "bad_date"), (9, "bad_choice"), (10, "bad_country")],
        )

    def test_equal_rows_are_different_bookings_and_load_once(self):
        self.assertEqual(self._run(self._bookings({}, {}, {"adults": "1"}, {})), (4, 0, 0, 0))
        self.assertEqual(len(set(self._stays().mapped("source_ref"))), 4)
        self.assertEqual(self._run(self._bookings({}, {}, {"adults": "1"}, {})), (0, 4, 0, 0))
        self.assertEqual(len(self._stays()), 4)

    def test_a_check_says_which_codes_would_be_created_and_creates_none(self):
        before = self.env["hotel.market.segment"].search_count([])
        job = self._bookings({})
        self.assertEqual(self._run(job, check=True), (1, 0, 0, 0))
        self.assertEqual(job.notes["created"], ["A", "D", "Online TA"])
        self.assertEqual(self.env["hotel.market.segment"].search_count([]), before)
        self.assertFalse(self._stays())

    def test_codes_are_refused_where_they_may_not_be_created(self):
        job = self._bookings({})
        job.write({"create_codes": False, "create_room_types": False})
        self._run(job)
        self.assertEqual(
            sorted(code for _row, _column, _value, code in self._errors(job)),
            ["no_code", "no_room_type", "no_room_type"],
        )

    def test_a_hotel_can_be_left_out(self):
        job = self._bookings({}, {"hotel": "Resort Hotel"})
        job.place_ids.filtered(lambda place: not place.property_id).is_left_out = True
        self.assertEqual(self._run(job), (1, 0, 0, 1))
        self.assertEqual(self._errors(job), [(3, "hotel", "Resort Hotel", "no_property")])

    # ---- with guests ------------------------------------------------------------------------

    def test_a_stay_with_a_guest_makes_the_guest_once(self):
        job = self._import(
            ["S1", "2025-03-01", "2025-03-03", "departed", "80", "G1", "Ana Costa", ""],
            ["S2", "2025-04-01", "2025-04-03", "departed", "90", "G1", "Ana Costa", ""],
            ["S3", "2025-05-01", "2025-05-03", "departed", "90", "G1", "", ""],
            ["S4", "2025-06-01", "2025-06-03", "departed", "90", "", "Bo", ""],
            ["S5", "2025-06-01", "2025-06-03", "departed", "90", "G9", "", ""],
            ["S6", "2025-06-01", "2025-06-03", "departed", "90", "", "", ""],
        )
        self.assertEqual(self._run(job), (5, 0, 0, 1))
        stays = self._stays()
        self.assertEqual(stays.mapped(lambda stay: stay.partner_id.name), ["Ana Costa"] * 3 + ["Bo", False])
        self.assertEqual(len(stays[:3].partner_id), 1)
        self.assertEqual(self._errors(job), [(6, "guest_id", "G9", "no_guest")])
        again = self.env["res.partner"].search_count([])
        self.assertEqual(self._run(self._copy(job)), (0, 5, 0, 1))
        self.assertEqual(self.env["res.partner"].search_count([]), again)

    def _copy(self, job):
        """Return an import of the same file and mapping."""
        new = self._make_import(b"name\nx\n", kind=job.kind, property_id=job.property_id.id)
        new.file = job.file
        new.action_read()
        mapped = {line.name: line.stays_target for line in job.column_ids}
        for line in new.column_ids:
            line.stays_target = mapped[line.name]
        return new

    def test_a_check_knows_guests_that_the_file_itself_brings(self):
        rows = [
            ["S1", "2025-03-01", "2025-03-03", "departed", "80", "G1", "Ana Costa", ""],
            ["S2", "2025-04-01", "2025-04-03", "departed", "90", "G1", "", ""],
        ]
        job = self._import(*rows)
        self.patch(type(job)._run, "__defaults__", (1,))  # one row per chunk
        self.assertEqual(self._run(job, check=True), (2, 0, 0, 0))
        self.assertFalse(self.env["hotel.guest.reference"].search([("source_ref", "=", "G1")]))

    def test_a_stay_whose_guest_is_refused_says_why(self):
        job = self._import(
            ["S1", "2025-03-01", "2025-03-03", "departed", "80", "G1", "Ana", "x@x.pt"],
            header=(*HEADER[:-1], "mail"),
        )
        self._map(job, guest_email="mail")
        job.match_email = True
        self._make_guest("Ana", email="x@x.pt")
        self._make_guest("Ana", email="x@x.pt")
        self._run(job)
        self.assertEqual(self._errors(job), [(2, "mail", "x@x.pt", "ambiguous")])

    def test_a_changed_row_changes_the_stay(self):
        row = ["S1", "2025-03-01", "2025-03-03", "booked", "80", "G1", "Ana", ""]
        self._run(self._import(row))
        stay = self._stays()
        self.assertEqual(self._run(self._import([*row[:2], "2025-03-05", "departed", "90", *row[5:]])), (0, 0, 1, 0))
        self.env.invalidate_all()
        self.assertEqual(self._stays(), stay)
        self.assertEqual((stay.state, stay.nights, stay.rate), ("departed", 4, 90))
        self.assertEqual(stay.night_ids.mapped("rate"), [90] * 4)
        job = self._import(row)
        self.assertEqual(self._run(job), (0, 0, 0, 1))
        self.assertEqual(self._errors(job), [(2, "status", "booked", "state_back")])

    def test_a_merged_guest_keeps_the_stay(self):
        row = ["S1", "2025-03-01", "2025-03-03", "booked", "80", "G1", "Ana", ""]
        self._run(self._import(row))
        survivor = self._make_guest("Ana Costa")
        self._stays().sudo().partner_id = survivor
        self.assertEqual(self._run(self._import([*row[:3], "departed", *row[4:]])), (0, 0, 1, 0))
        self.env.invalidate_all()
        self.assertEqual(self._stays().partner_id, survivor)

    def test_dates_that_do_not_fit_are_refused(self):
        job = self._import(
            ["S1", "2025-03-03", "2025-03-01", "departed", "80", "", "", ""],
            ["S2", "2025-03-01", "2029-03-01", "departed", "80", "", "", ""],
            ["S3", "", "2025-03-01", "departed", "80", "", "", ""],
            ["S4", "2025-03-01", "2025-03-02", "departed", "-80", "", "", ""],
        )
        self._run(job)
        self.assertEqual(
            [(row, code) for row, _column, _value, code in self._errors(job)],
            [(2, "departure_first"), (3, "long_stay"), (4, "required"), (5, "negative_rate")],
        )

    def test_a_room_that_is_taken_is_refused_by_the_database_and_the_rest_is_loaded(self):
        room = self._make_room(self.room_type)
        header = ["booking", "arrival", "departure", "status", "room"]
        job = self._import(
            ["S1", "2030-03-01", "2030-03-03", "booked", room.name],
            ["S2", "2030-03-02", "2030-03-04", "booked", room.name],
            ["S3", "2030-03-03", "2030-03-04", "booked", room.name],
            header=header,
        )
        self.assertEqual(self._run(job), (2, 0, 0, 1))
        self.assertEqual(self._stays().mapped("source_ref"), ["S1", "S3"])
        self.assertIn("taken", job.error_ids.reason)

    def test_instants_are_the_clock_of_the_property(self):
        self.hotel.tz = "Asia/Shanghai"
        job = self._import(
            ["S1", "2025-03-01", "2025-03-03", "departed", "2025-03-01 15:30", "2025-03-03T02:00Z"],
            header=["booking", "arrival", "departure", "status", "check in time", "check out time"],
        )
        self._run(job)
        stay = self._stays()
        self.assertEqual(
            (stay.checked_in_at, stay.checked_out_at), (datetime(2025, 3, 1, 7, 30), datetime(2025, 3, 3, 2, 0))
        )

    def test_live_data_calls_the_hooks_and_history_does_not(self):
        called = []
        self.patch(type(self.env["hotel.stay"]), "_after_check_out", lambda stays: called.append(stays.ids))
        row = ["S1", "2025-03-01", "2025-03-03", "booked", "80", "G1", "Ana", ""]
        self._run(self._import(row))
        self._run(self._import([*row[:3], "departed", *row[4:]]))
        self.assertFalse(called)
        self._run(self._import(["S2", *row[1:3], "departed", *row[4:]], accrues_points=True))
        self.assertEqual(called, [self._stays()[-1].ids])
        self._run(self._import(["S2", *row[1:3], "departed", *row[4:]], accrues_points=True))
        self.assertEqual(len(called), 1)
