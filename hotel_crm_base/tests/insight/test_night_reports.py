"""Sums that reports read from nights added up per day are those of the nights themselves, whatever happened."""

from contextlib import suppress
from datetime import date, timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.hotel_crm_base.models.insight.hotel_figure_night import MOST_DUE, PARTS

from .test_daily_figures import FigureCase

STATES = ("held", "booked", "in_house", "departed", "departed", "cancelled", "no_show")
#: report -> what its view offers to group by, and the measures of its views
ASKED = {
    "hotel.stay.report": (
        ["property_id", "date:month", "state", *PARTS.values()],
        ["__count", "nights:sum", "booked_nights:sum", "lost_nights:sum", "room_revenue:sum",
         "room_revenue:sum_currency", "booked_revenue:sum", "property_revenue:sum", "adr:avg",
         "currency_id:array_agg_distinct"],
    ),
    "hotel.mix.report": (
        ["property_id", "date:month", "room_type_id", "rate_plan_id", "market_segment_id", "channel_id", "country_id"],
        ["__count", "nights:sum", "rooms:sum", "room_revenue:sum", "share:avg", "occupancy:avg", "adr:avg",
         "revpar:avg"],
    ),
}  # fmt: skip


class NightCase(FigureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.currency_id = cls.pound
        cls.hotels = cls.hotel | cls.other_hotel
        cls.domain = [("property_id", "in", cls.hotels.ids)]
        cls.guests = cls._make_guests(8)
        cls.guests[:4].hotel_nationality_id = cls.env.ref("base.fr")
        cls.sorts = {
            name: cls.env["hotel.stay"]._fields[name].comodel_name and cls.env[
                cls.env["hotel.stay"]._fields[name].comodel_name].search([], limit=3)
            for name in ("channel_id", "market_segment_id", "rate_plan_id")
        }  # fmt: skip
        cls._book(60)

    @classmethod
    def _book(cls, count):
        """Make stays of any kind: anonymous, without a room type, of no night, of either hotel."""
        dice = cls.dice
        for _number in range(count):
            hotel = dice.choice(cls.hotels)
            sorts = {name: dice.choice([False, *found.ids]) for name, found in cls.sorts.items()}
            guest = dice.choice([None, *cls.guests])
            if not guest:
                sorts |= {"source_system": "file", "source_ref": str(dice.random())}
            cls._make_stay(
                guest,
                hotel,
                date(2026, 3, 1) + timedelta(days=dice.randrange(60)),
                dice.randrange(4),
                state=dice.choice(STATES),
                rate=dice.randrange(1, 30000) / 100,
                room_type_id=dice.choice([False, *(kind.id for kind in cls.places[hotel][0])]),
                **sorts,
            )

    def _read(self, model, groups, measures, *more, domain=()):
        rows = self.env[model]._read_group([*self.domain, *domain], groups, [*measures, *more])
        return {row[: len(groups)]: row[len(groups) : len(groups) + len(measures)] for row in rows}

    def _assert_alike(self):
        """Compare all groups of both reports, and occupancy, with what is counted night by night."""
        for model, (groups, measures) in ASKED.items():
            for group in groups:
                asked = ["property_id", "date:month", group] if group in PARTS.values() else [group]
                kept = self._read(model, asked, measures)
                # no part knows single nights
                counted = self._read(model, asked, measures, "id:max")
                self._assert_equal_rows(kept, counted, f"{model} {group}")
        self._assert_occupancy()

    def _assert_occupancy(self):
        measures = ["nights:sum", "booked_nights:sum", "room_revenue:sum"]
        asked = ["property_id", "room_type_id", "date:day"]
        kept = self._read("hotel.occupancy.report", asked, measures)
        counted = self._read("hotel.stay.report", asked, measures, "id:max")
        for key in kept.keys() | counted.keys():
            got, wanted = kept.get(key, (0, 0, 0)), counted.get(key, (0, 0, 0))
            for one, other in zip(got, wanted, strict=True):
                self.assertAlmostEqual(one or 0, other or 0, places=6, msg=key)

    def _assert_equal_rows(self, kept, counted, name):
        self.assertEqual(kept.keys(), counted.keys(), name)
        for key, values in counted.items():
            for one, other in zip(kept[key], values, strict=True):
                if isinstance(other, list | bool | None):
                    self.assertEqual(one, other, f"{name} {key}")
                else:
                    self.assertAlmostEqual(one, other, places=6, msg=f"{name} {key}")

    def _clear_queue(self):
        self._refresh_figures(2000)
        self.assertFalse(self.env["hotel.figure.queue"].sudo().search_count([]))


@tagged("post_install", "-at_install")
class TestNightReports(NightCase):
    def _live(self):
        """Let something happen that changes figures of nights, at random."""
        dice = self.dice
        stays = self.env["hotel.stay"].search([("property_id", "in", self.hotels.ids)])
        stay, guest = dice.choice(stays), dice.choice(self.guests)
        name, found = dice.choice(list(self.sorts.items()))
        country = dice.choice([False, *self.countries.ids, self.env.ref("base.fr").id])
        kinds = self.places[stay.property_id][0]
        steps = (
            lambda: self._book(2),
            lambda: stay.write({"state": dice.choice(STATES)}),
            lambda: stay.write({"departure_date": stay.arrival_date + timedelta(days=dice.randrange(6))}),
            lambda: stay.write(
                {"arrival_date": stay.arrival_date - timedelta(days=9), "departure_date": stay.arrival_date}),
            lambda: stay.write({"room_type_id": dice.choice([False, *(kind.id for kind in kinds)])}),
            lambda: stay.write({name: dice.choice([False, *found.ids])}),
            lambda: stay.write({"rate": dice.randrange(0, 9000) / 100}),
            lambda: stay.sudo().night_ids[:1].write({"rate": dice.randrange(0, 9000) / 100}),
            lambda: stay.write({"partner_id": guest.id}),
            lambda: stay.write({"guest_country_id": country}),
            lambda: guest.write({"country_id": country}),
            lambda: guest.write({"hotel_nationality_id": country}),
            lambda: self.pound.rate_ids[:1].write({"rate": dice.randrange(50, 150) / 100}),
            lambda: self._get_deletable().unlink(),
        )  # fmt: skip
        # what may not become of a stay does not
        with suppress(UserError, ValidationError), self.env.cr.savepoint():
            dice.choice(steps)()
            self.env.flush_all()

    def _get_deletable(self):
        """Return a stay that may be deleted: it has not begun, and no other system knows it."""
        domain = [*self.domain, ("state", "in", ("held", "booked")), ("source_system", "=", False)]
        return self.env["hotel.stay"].search(domain, limit=1)

    def test_sums_are_those_of_nights_whatever_happens(self):
        self._assert_alike()
        for round_ in range(4):
            if round_ % 2 == 0:
                self._clear_queue()
            for _step in range(12):
                self._live()
            self._assert_alike()
        self._clear_queue()
        self._assert_alike()

    def test_currencies_of_house_and_company_change(self):
        self._clear_queue()
        self.other_hotel.currency_id = self.yen
        self._assert_alike()
        self._clear_queue()
        self.hotel.company_id.sudo().currency_id = self.yen
        self.env.flush_all()
        self._assert_alike()

    def test_what_is_kept_is_read_and_days_that_are_due_are_counted(self):
        report = self.env["hotel.stay.report"]
        asked = (self.domain, ["property_id", "date:month"], ["nights:sum"])
        self._clear_queue()
        report._read_group(*asked)
        # days that are due, figures, and whether the planner may compile
        with self.assertQueryCount(3):
            report._read_group(*asked)
        self.assertEqual(self._get_sources(), {"kept"})
        self._make_stay(self.guests[0], state="departed")
        self.assertEqual(self._get_sources(), {"kept", "nights"})
        self.env.execute_query(
            SQL(
                """INSERT INTO hotel_figure_queue (property_id, date)
                   SELECT %s, DATE '2000-01-01' + day FROM generate_series(0, %s) day RETURNING 1""",
                self.hotel.id, MOST_DUE,
            )
        )  # fmt: skip
        self.assertEqual(self._get_sources(), {"nights"})
        self._assert_alike()

    def _get_sources(self):
        nights = self.env["hotel.figure.night"].with_context(hotel_night_part="channel")
        text = nights._get_rows().code
        tables = {"kept": "hotel_figure_night", "nights": "hotel_stay_night"}
        return {name for name, table in tables.items() if table in text}

    def test_arrivals_and_consumption_make_no_nights_due(self):
        self._clear_queue()
        nights = self.env["hotel.figure.night"]
        self._make_consumption(self.guests[0])
        self.assertEqual(nights._query_due_days(), [])
        stay = self._make_stay(self.guests[0], arrival=date(2026, 9, 1), nights=1)
        self.assertEqual(nights._query_due_days(), [(self.hotel.id, stay.arrival_date)])

    def test_what_no_part_has_is_counted(self):
        report = self.env["hotel.stay.report"]
        self.assertEqual(report._get_night_part([], ["channel_id", "date:day"], ["nights:sum", "adr:avg"]), "channel")
        self.assertEqual(report._get_night_part([("room_type_id.name", "=", "A")], [], ["__count"]), "room_type")
        for domain, groups, measures in (
            ([], ["channel_id", "room_type_id"], ["nights:sum"]),
            ([("stay_id.rate", ">", 9)], [], ["nights:sum"]),
            (["!", ("partner_id", "=", 1)], ["date:month"], ["nights:sum"]),
            ([("room_revenue", ">", 9)], [], ["nights:sum"]),
            ([], ["date:month"], ["nights:avg"]),
            ([], ["date:month"], ["nights:max"]),
            ([], ["date:month"], ["adr:max"]),
            ([], ["date:month"], ["partner_id:count_distinct"]),
        ):
            self.assertIsNone(report._get_night_part(domain, groups, measures))

    def test_a_rule_on_what_a_part_has_not_is_kept_to(self):
        self.env["ir.rule"].create(
            {
                "name": "Direct only",
                "model_id": self.env["ir.model"]._get_id("hotel.stay.report"),
                "domain_force": [("channel_id", "=", self.sorts["channel_id"][0].id)],
            }
        )
        user = self._make_user("marketing", self.hotels)
        self._clear_queue()
        report = self.env["hotel.stay.report"].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        mine = report.search_count(self.domain)
        self.assertTrue(mine)
        self.assertEqual(report._read_group(self.domain, [], ["__count"]), [(mine,)])
        self.assertEqual(sum(count for _kind, count in report._read_group([], ["room_type_id"], ["__count"])), mine)

    def test_sums_are_of_the_users_houses_alone(self):
        self._clear_queue()
        for model in ASKED:
            for hotel in self.hotels:
                user = self._make_user("marketing", hotel)
                report = self.env[model].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
                nights = sum(report.search([("date", ">", "2026-01-01")]).mapped("nights"))
                rows = report._read_group([("date", ">", "2026-01-01")], ["property_id"], ["nights:sum"])
                self.assertEqual(rows, [(hotel, nights)])

    def test_records_of_groups_ask_on_as_usual(self):
        self._clear_queue()
        report = self.env["hotel.stay.report"]
        for house, _nights in report._read_group(self.domain, ["property_id"], ["nights:sum"]):
            self.assertTrue(house.env["hotel.stay.report"].search(self.domain, limit=1).stay_id)
        rows, _total = report._read_grouping_sets(self.domain, [["property_id"], []], ["nights:sum"])
        self.assertTrue(rows[0][0].env["hotel.stay.report"].search(self.domain, limit=1).stay_id)

    def test_a_bulk_load_of_guests_and_stays_is_counted(self):
        self._clear_queue()
        loader = self.env["hotel.bulk.loader"]
        loader._load_guests([{"source_ref": "1", "name": "Ana Costa"}], "pms")
        days = {"arrival_date": date(2026, 3, 1), "departure_date": date(2026, 3, 4)}
        stay = {"guest_ref": "1", "property_id": self.hotel.id, "state": "departed", "rate": 90, **days}
        loader._load_stays([{**stay, "source_ref": "1"}], "pms")
        self._assert_alike()
        self._clear_queue()
        loader._load_guests([{"source_ref": "1", "name": "Ana Costa", "country_id": self.countries[0].id}], "pms")
        loader._load_stays([{**stay, "source_ref": "1", "arrival_date": date(2026, 3, 3)}], "pms")
        self._assert_alike()
