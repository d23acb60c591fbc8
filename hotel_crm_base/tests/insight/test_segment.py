from datetime import date, timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import SQL, mute_logger

from ..common import HotelCase

TODAY = date(2026, 6, 15)


@tagged("post_install", "-at_install")
class TestSegment(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(TODAY))
        cls.base = cls.env["res.partner"].search([("is_hotel_guest", "=", True)])
        cls.ana, cls.wei, cls.rui, cls.zoe = (cls._make_guest(name) for name in ("Ana", "Wei", "Rui", "Zoe"))
        cls.ana.hotel_gender = cls.zoe.hotel_gender = "female"
        cls._leave(cls.ana, date(2026, 5, 1), nights=2)
        cls._leave(cls.ana, date(2026, 6, 1), nights=3)
        cls._leave(cls.wei, date(2024, 5, 1), nights=10)
        cls._leave(cls.rui, date(2026, 6, 1), nights=1, hotel=cls.other_hotel)
        cls._make_stay(cls.zoe, arrival=date(2026, 7, 1))
        cls._make_consumption(cls.ana, amount=300.0, business_date=date(2026, 6, 2))
        cls._make_consumption(cls.wei, amount=900.0, business_date=date(2024, 5, 2), kind="spa")
        cls.env["hotel.guest.metric"]._refresh_partners((cls.ana | cls.wei | cls.rui | cls.zoe).ids)

    @classmethod
    def _leave(cls, guest, arrival, nights, hotel=None):
        stay = cls._make_stay(guest, arrival=arrival, nights=nights, hotel=hotel)
        stay.state = "in_house"
        stay.state = "departed"
        return stay

    def _make_segment(self, *rules, **values):
        companies = values.pop("companies", self.hotel.company_id)
        return self.env["hotel.segment"].create(
            {
                "name": "Audience",
                "company_ids": [Command.set(companies.ids)],
                "rule_ids": [Command.create({"sequence": number, **rule}) for number, rule in enumerate(rules)],
                **values,
            }
        )

    def _members(self, segment):
        found = self.env["res.partner"].search([("hotel_segment_ids", "in", segment.ids)])
        self.assertEqual(len(found), segment.member_count)
        return found - self.base

    def assertMembers(self, members, *rules, **values):
        self.assertEqual(self._members(self._make_segment(*rules, **values)), members)

    def test_no_rule_is_every_guest(self):
        self.assertMembers(self.ana | self.wei | self.rui | self.zoe)

    def test_guests_by_a_filter_of_their_own(self):
        women = {"criterion": "guest", "domain": "[('hotel_gender', '=', 'female')]"}
        self.assertMembers(self.ana | self.zoe, women)
        self.assertMembers(self.wei | self.rui, {**women, "is_negative": True})

    def test_stays_are_counted_in_their_period_and_companies(self):
        stays = {"criterion": "stays", "number": 1}
        self.assertMembers(self.ana | self.wei, stays)
        self.assertMembers(self.ana, {**stays, "number": 2})
        self.assertMembers(self.ana, {**stays, "period": "last", "days": 60})
        self.assertMembers(self.wei, {**stays, "period": "between", "to_date": "2024-12-31"})
        self.assertMembers(self.ana | self.wei | self.rui, stays, companies=self.hotel.company_id | self.other_company)
        at_other = {**stays, "domain": f"[('property_id', '=', {self.other_hotel.id})]"}
        self.assertMembers(self.rui, at_other, companies=self.hotel.company_id | self.other_company)

    def test_few_includes_none(self):
        self.assertMembers(self.wei | self.rui | self.zoe, {"criterion": "stays", "operator": "at_most", "number": 1})
        self.assertMembers(self.rui | self.zoe, {"criterion": "nights", "operator": "exactly", "number": 0})
        between = {"criterion": "nights", "operator": "between", "number": 4, "number_to": 9}
        self.assertMembers(self.ana, between)

    def test_spend_is_added_up_in_one_currency(self):
        self.assertMembers(self.wei, {"criterion": "spend", "number": 500})
        self.assertMembers(self.ana, {"criterion": "spend", "number": 300, "period": "last", "days": 30})
        self.assertMembers(self.wei, {"criterion": "spend", "number": 1, "domain": "[('kind', '=', 'spa')]"})
        yuan = self.env["res.currency"].with_context(active_test=False).search([("name", "=", "CNY")])
        yuan.write({"active": True, "rate_ids": [Command.create({"name": "2020-01-01", "rate": 8.0})]})
        self._make_consumption(self.rui, amount=800.0, currency_id=yuan.id, business_date=TODAY)
        self.assertMembers(self.rui, {"criterion": "spend", "number": 100, "period": "last", "days": 1})
        self.assertMembers(self.env["res.partner"], {"criterion": "spend", "number": 101, "period": "last", "days": 1})

    def test_bookings_to_come(self):
        self.assertMembers(self.zoe, {"criterion": "bookings", "number": 1, "period": "next", "days": 30})
        self.assertMembers(
            self.env["res.partner"], {"criterion": "bookings", "number": 1, "period": "next", "days": 10}
        )

    def test_consent_is_the_latest_decision(self):
        rule = {"criterion": "consent", "purpose": "offer", "channel": "email"}
        (self.ana | self.wei).hotel_record_consent("offer", "any", "given")
        self.assertMembers(self.ana | self.wei, rule)
        self.wei.hotel_record_consent("offer", "email", "withdrawn")
        self.assertMembers(self.ana, rule)

    def test_alternatives_and_conditions(self):
        women = {"criterion": "guest", "domain": "[('hotel_gender', '=', 'female')]"}
        rich = {"criterion": "spend", "number": 500}
        recent = {"criterion": "stays", "number": 1, "period": "last", "days": 60}
        self.assertMembers(self.ana | self.zoe | self.wei, women, {**rich, "is_alternative": True})
        self.assertMembers(self.ana, women, {**rich, "is_alternative": True}, recent)

    def test_figures_are_shown_while_it_is_built(self):
        form = Form(self.env["hotel.segment"].with_context(allowed_company_ids=self.hotel.company_id.ids))
        form.name = "Spenders"
        everybody = form.member_count
        with form.rule_ids.new() as rule:
            rule.criterion = "spend"
            rule.number = 250
        self.assertEqual(everybody - form.member_count, 2 + len(self.base))
        self.assertEqual((form.member_spend, form.member_nights), (1200, 15))
        segment = form.save()
        self.assertIn("Spend at least 250", segment.description)

    def test_a_copy_stands_still(self):
        living = self._make_segment({"criterion": "spend", "number": 500})
        copy = living._freeze()
        self._make_consumption(self.zoe, amount=700.0)
        self.assertEqual(self._members(living), self.wei | self.zoe)
        self.assertEqual((self._members(copy), copy.source_id), (self.wei, living))
        with self.assertRaises(UserError):
            copy.kind = "living"

    def test_growth_is_measured_once_a_day(self):
        segment = self._make_segment({"criterion": "spend", "number": 500})
        with freeze_time(TODAY - timedelta(days=31)), self.enter_registry_test_mode():
            for _time in range(2):
                self.env.ref("hotel_crm_base.ir_cron_segment_size").method_direct_trigger()
        self.assertEqual(segment.size_ids.mapped("member_count"), [1])
        self._make_consumption(self.zoe, amount=700.0)
        self.env.invalidate_all()
        self.assertEqual(segment.growth, 1)

    def test_a_segment_that_fails_does_not_keep_the_others(self):
        broken, sound = self._make_segment({"criterion": "guest"}), self._make_segment()
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE hotel_segment_rule SET domain = '[(''gone'', ''='', 1)]' WHERE segment_id = %s", broken.id)
        )
        self.env.invalidate_all()
        logger = "odoo.addons.hotel_crm_base.models.insight.hotel_segment_size"
        with self.enter_registry_test_mode(), mute_logger(logger):
            self.env.ref("hotel_crm_base.ir_cron_segment_size").method_direct_trigger()
        self.assertFalse(broken.size_ids)
        self.assertEqual(sound.size_ids.date, fields.Date.context_today(sound))

    def test_bad_rules_are_told(self):
        bad = [
            {"criterion": "guest", "domain": "[('no_such_field', '=', 1)]"},
            {"criterion": "guest", "domain": "__import__('os')"},
            {"criterion": "guest", "domain": "[("},
            {"criterion": "consent"},
            {"criterion": "stays", "operator": "between", "number": 3, "number_to": 1},
            {"criterion": "stays", "period": "between"},
            {"criterion": "stays", "period": "between", "from_date": "2026-02-01", "to_date": "2026-01-01"},
        ]
        for rule in bad:
            with self.subTest(rule), self.assertRaises(ValidationError):
                self._make_segment(rule)

    def test_a_rule_sees_what_its_author_sees(self):
        """A filter is no way around rights: neither fields of others nor hotels of others."""
        marketer = self._make_user("marketing")
        segments = self.env["hotel.segment"].with_user(marketer)
        rules = [Command.create({"criterion": "stays"})]
        segment = segments.create({"name": "Mine", "user_id": self.env.uid, "rule_ids": rules})
        self.assertEqual(segment.user_id, marketer)
        sister = self._make_property(name="Annex", code="ANX")
        self._leave(self.zoe, date(2026, 6, 1), nights=1, hotel=sister)
        found = self.env["res.partner"].search([("hotel_segment_ids", "in", segment.ids)])
        self.assertIn(self.ana, found)
        self.assertNotIn(self.zoe, found)
        with self.assertRaises(ValidationError):
            segments.create(
                {
                    "name": "Secret",
                    "rule_ids": [Command.create({"criterion": "guest", "domain": "[('signup_type', '!=', False)]"})],
                }
            )
        with self.assertRaises(AccessError):
            segments.create({"name": "Others", "company_ids": [Command.set(self.other_company.ids)]})

    def test_its_members_are_opened_by_marketing(self):
        segment = self._make_segment({"criterion": "spend", "number": 500}).with_user(self._make_user("marketing"))
        action = segment.action_open_members()
        guests = self.env["res.partner"].with_user(segment.env.user)
        found = guests.web_search_read(action["domain"], {"display_name": {}, "hotel_segment_ids": {}}, limit=80)
        self.assertEqual([row["id"] for row in found["records"]], self.wei.ids)

    def test_others_do_not_ask_who_belongs(self):
        segment = self._make_segment()
        clerk = self._make_user("front_office")
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(clerk).search([("hotel_segment_ids", "in", segment.ids)])

    def test_overlap(self):
        women = self._make_segment({"criterion": "guest", "domain": "[('hotel_gender', '=', 'female')]"})
        stayed = self._make_segment({"criterion": "stays", "number": 1})
        overlap = self.env["hotel.segment.overlap"].create({"segment_id": women.id, "other_id": stayed.id})
        self.assertEqual((overlap.only_first, overlap.both, overlap.only_second), (1, 1, 1))
        self.assertAlmostEqual(overlap.share, 100 / 3)

    def test_a_segment_costs_the_same_whatever_its_size(self):
        segment = self._make_segment({"criterion": "stays", "number": 1}, {"criterion": "spend", "number": 1})
        self.assertTrue(segment.member_count)
        counts = []
        for size in (2, 40):
            for number in range(size):
                guest = self._make_guest(f"Guest {number}")
                self._make_stay(guest, state="departed")
                self._make_consumption(guest)
            self.env.flush_all()
            segment.invalidate_recordset()
            before = self.env.cr.sql_log_count
            self.assertTrue(segment.member_count)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
