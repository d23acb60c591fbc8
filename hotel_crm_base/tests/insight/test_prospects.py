"""Potential guests: contacts who never stayed and are like those who have."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ... import prospects
from ..common import HotelCase

TODAY = date(2026, 6, 1)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 10:00:00")
class TestProspects(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner"].search([("is_hotel_guest", "=", True)]).is_hotel_guest = False
        cls.env["ir.config_parameter"].set_param("hotel_crm_base.prospect_least", "10")
        cls.portugal, cls.china = cls.env.ref("base.pt"), cls.env.ref("base.cn")
        cls.stayed = cls._make_many("Stayed", 12, "female", 1990, cls.portugal)
        for guest in cls.stayed:
            cls._make_stay(guest, state="departed", arrival=date(2025, 5, 1))
        cls.alike = cls._make_many("Alike", 4, "female", 1991, cls.portugal)
        cls.unlike = cls._make_many("Unlike", 20, "male", 1960, cls.china)
        cls.bands = cls.env["hotel.prospect.band"]
        cls.manager = cls._make_user("manager")

    @classmethod
    def _make_many(cls, name, count, gender, year, country):
        return cls.env["res.partner"].create(
            [
                {"name": f"{name} {number}", "is_hotel_guest": True, "hotel_gender": gender, "country_id": country.id,
                 "hotel_birth_date": date(year, 1, 1 + number), "email": f"{name}{number}@example.com"}
                for number in range(count)
            ]
        )  # fmt: skip

    def _compute(self):
        self.bands._compute_company(self.hotel.company_id)
        return self.env["hotel.prospect"].search([("company_id", "=", self.hotel.company_id.id)])

    def test_those_who_never_stayed_and_are_alike_are_on_the_list(self):
        found = self._compute()
        self.assertEqual(found.partner_id, self.alike)
        # 12 of 16 women of thirty from Portugal, 12 of all 36
        self.assertAlmostEqual(found[0].lift, (12 / 16) / (12 / 36), places=2)
        band = found[0].band_id
        self.assertEqual((band.age, band.gender, band.country_id), ("30-39", "female", self.portugal))
        self.assertEqual((band.contacts, band.converted, band.prospect_count), (16, 12, 4))
        self.assertIn("Portugal", band.name)

    def test_bands_of_the_database_are_those_of_the_engine(self):
        ages = [1, 17, 18, 29, 30, 39, 40, 59, 60, 90]
        guests = self.env["res.partner"].create(
            [
                {"name": f"A{age}", "is_hotel_guest": True, "hotel_birth_date": date(2026 - age, 6, 1)}
                for age in ages
            ]
            + [{"name": f"B{age}", "is_hotel_guest": True, "hotel_birth_date": date(2026 - age, 6, 2)} for age in ages]
        )
        self.bands._query_profiles(self.hotel.company_id)
        self.env.cr.execute("SELECT id, age FROM hotel_prospect_tmp WHERE id = ANY(%s)", [guests.ids])
        wanted = {guest.id: prospects.age_band(guest.hotel_age) for guest in guests}
        self.assertEqual(dict(self.env.cr.fetchall()), wanted)

    def test_blocked_expected_and_merged_guests_are_left_out(self):
        self._make_stay(self.alike[0], state="booked", arrival=date(2026, 7, 1))
        self.alike[1].write({"hotel_block_reason": "conduct", "hotel_block_note": "Loud"})
        self.alike[2].write({"email": False})
        self.assertEqual(self._compute().partner_id, self.alike[3])

    def test_a_list_made_anew_keeps_whom_it_handed_over(self):
        found = self._compute()
        found[0].is_handed_over = True
        again = self._compute()
        self.assertEqual(again.partner_id, self.alike)
        self.assertEqual(again.filtered("is_handed_over"), found[0])
        self.assertEqual(len(self.bands.search([("company_id", "=", self.hotel.company_id.id)])),
                         len(again[0].band_id.search([("company_id", "=", self.hotel.company_id.id)])))  # fmt: skip

    def test_another_companys_stays_do_not_count(self):
        self.bands._compute_company(self.other_company)
        everybody = self.bands.search([("company_id", "=", self.other_company.id)])
        self.assertEqual(set(everybody.mapped("converted")), {0})
        self.assertFalse(self.env["hotel.prospect"].search([("company_id", "=", self.other_company.id)]))

    def test_only_marketing_and_managers_hand_over(self):
        found = self._compute()
        with self.assertRaises(AccessError):
            found.with_user(self._make_user("front_office")).action_hand_over()
        with self.assertRaises(AccessError):
            self.bands.with_user(self._make_user("front_office")).action_compute()
        if "crm.lead" in self.env:
            found.with_user(self.manager).action_hand_over()
            leads = self.env["crm.lead"].search([("partner_id", "in", self.alike.ids)])
            self.assertEqual(len(leads), 4)
            self.assertIn("times as likely", str(leads[0].description))
            with self.assertRaises(UserError):
                found.with_user(self.manager).action_hand_over()
        else:
            with self.assertRaisesRegex(UserError, "CRM"):
                found.with_user(self.manager).action_hand_over()

    def test_the_number_of_queries_does_not_grow_with_guests(self):
        counts = []
        for size in (20, 200):
            self._make_many(f"Size{size}x", 20, "female", 1992, self.portugal)
            self.env["res.partner"].create(
                [{"name": f"N{size} {n}", "is_hotel_guest": True, "email": f"n{size}{n}@e.com"} for n in range(size)]
            )
            self.env.flush_all()
            start = self.env.cr.sql_log_count
            self._compute()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLess(abs(counts[1] - counts[0]), 10, counts)
