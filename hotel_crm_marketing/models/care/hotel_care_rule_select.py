"""Who is to be greeted now: one statement for each rule, however many guests there are."""

import json
import logging

from odoo import api, fields, models
from odoo.tools import SQL

from ... import festivals
from .care_options import SHARED

_logger = logging.getLogger(__name__)
NOTHING = SQL("SELECT NULL::int, NULL::int, NULL::int, NULL::date, NULL::text WHERE FALSE")


class HotelCareRule(models.Model):
    _inherit = "hotel.care.rule"

    @api.model
    def _select_all(self):
        """Note whom the running rules are to greet; one that fails does not keep the others.

        :returns: how many guests
        :rtype: int
        """
        count = 0
        for rule in self.search([("state", "=", "running")]):
            try:
                with self.env.cr.savepoint():
                    count += rule._query_select()
            except Exception as error:  # a filter on something that is gone; logged without data
                _logger.warning("care rule %s could not be run: %s", rule.id, type(error).__name__)
        return count

    def _query_select(self):
        """Note whom this rule is to greet and was not noted yet; SQL because there are a million guests.

        :returns: how many are new
        :rtype: int
        """
        self.ensure_one()
        self.env.flush_all()
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """INSERT INTO hotel_care_greeting (rule_id, company_id, event, partner_id, stay_id, property_id,
                          event_date, occasion, state, create_uid, create_date, write_uid, write_date)
                   SELECT %(rule)s, %(company)s, %(event)s, found.partner_id, found.stay_id, found.property_id,
                          found.event_date, found.occasion, 'new', %(uid)s, %(now)s, %(uid)s, %(now)s
                     FROM (%(found)s) AS found (partner_id, stay_id, property_id, event_date, occasion)
                     JOIN res_partner guest ON guest.id = found.partner_id
                    WHERE %(audience)s
                    ORDER BY found.event_date, found.stay_id, guest.id
                       ON CONFLICT (partner_id, occasion) DO NOTHING""",
                rule=self.id,
                company=self.company_id.id,
                event=self.event,
                uid=self.env.uid,
                now=now,
                found=self._get_found(),
                audience=SQL(" AND ").join(condition for condition, _name in self._get_audience()),
            )
        )
        count = self.env.cr.rowcount
        self.env["hotel.care.greeting"].invalidate_model()
        return count

    def _get_audience(self):
        """Return the conditions on ``guest``, each with its name.

        :rtype: list[tuple[SQL, str]]
        """
        conditions = [
            (SQL("guest.is_hotel_guest AND guest.active"), "guest"),
            (SQL("COALESCE(guest.company_id, %s) = %s", self.company_id.id, self.company_id.id), "company"),
        ]
        if self.lang:
            conditions.append((SQL("guest.lang = %s", self.lang), "lang"))
        if self.segment_id:
            # the segment counts with its owner's rights
            conditions.append((SQL("guest.id IN (%s)", self.segment_id.sudo()._get_query()), "segment"))
        return conditions

    def _get_occasion(self, *parts):
        """Return the key of an occasion as an expression: shared by all rules, or of this one.

        :param SQL parts: expressions
        :rtype: SQL
        """
        start = self.event if self.event in SHARED else f"{self.event}/{self.id}"
        return SQL("concat_ws('/', %s, %s)", start, SQL(", ").join(parts))

    def _get_found(self):
        """Return a SELECT of guest, stay, hotel, day of the event and occasion, whoever the audience is.

        :rtype: SQL
        """
        self.ensure_one()
        return getattr(self, f"_get_found_{self.event}")()

    def _get_window(self, today=None):
        return festivals.get_window(today or self._get_today(), self.offset_days, self.late_days)

    def _get_hotel_column(self):
        return SQL("%s::int", self.property_id.id or None)

    # ---- days of guests -----------------------------------------------------------------------

    def _get_found_birthday(self):
        days = festivals.get_birthdays(*self._get_window())
        return SQL(
            """SELECT born.id, NULL::int, %(hotel)s, due.day, %(occasion)s
                 FROM res_partner born JOIN %(days)s ON due.mmdd = born.hotel_birth_mmdd
                WHERE born.hotel_birth_mmdd > 0 AND born.hotel_birth_mmdd = ANY(%(numbers)s)""",
            hotel=self._get_hotel_column(),
            occasion=self._get_occasion(SQL("EXTRACT(year FROM due.day)::int")),
            days=self._as_days(days),
            numbers=[mmdd for mmdd, _day in days],
        )

    @api.model
    def _as_days(self, days):
        rows = json.dumps([{"mmdd": mmdd, "day": day.isoformat()} for mmdd, day in days])
        return SQL("json_to_recordset(%s) AS due(mmdd int, day date)", rows)

    def _get_found_festival(self):
        days = festivals.get_festivals(self.festival, *self._get_window(), self.festival_month, self.festival_day)
        if not days:
            return NOTHING
        name = self.festival if self.festival != festivals.OWN else f"{self.festival_month}-{self.festival_day}"
        return SQL(
            "SELECT id, NULL::int, %s, %s::date, %s FROM res_partner WHERE is_hotel_guest",
            self._get_hotel_column(),
            days[-1],
            self._get_occasion(SQL("%s", name), SQL("%s", days[-1].year)),
        )

    def _get_found_anniversary(self):
        return SQL(
            """SELECT metric.partner_id, NULL::int, %(hotel)s, due.day, %(occasion)s
                 FROM hotel_guest_metric metric
                 JOIN %(days)s ON due.mmdd = EXTRACT(month FROM metric.first_arrival_date) * 100
                                           + EXTRACT(day FROM metric.first_arrival_date)
                WHERE metric.company_id = %(company)s AND metric.first_arrival_date < due.day - 300""",
            hotel=self._get_hotel_column(),
            occasion=self._get_occasion(SQL("EXTRACT(year FROM due.day)::int")),
            days=self._as_days(festivals.get_birthdays(*self._get_window())),
            company=self.company_id.id,
        )

    def _get_found_win_back(self):
        first, last = self._get_window()
        return SQL(
            """SELECT metric.partner_id, NULL::int, %(hotel)s, metric.last_departure_date, %(occasion)s
                 FROM hotel_guest_metric metric
                WHERE metric.company_id = %(company)s AND metric.last_departure_date BETWEEN %(first)s AND %(last)s
                  AND NOT EXISTS (SELECT FROM hotel_stay coming WHERE coming.partner_id = metric.partner_id
                                     AND coming.state IN ('held', 'booked', 'in_house'))""",
            hotel=self._get_hotel_column(),
            occasion=self._get_occasion(SQL("metric.last_departure_date")),
            company=self.company_id.id,
            first=first,
            last=last,
        )

    # ---- members ------------------------------------------------------------------------------

    def _get_found_tier_change(self):
        first, last = self._get_window()
        return SQL(
            """SELECT card.partner_id, NULL::int, %(hotel)s, card.hotel_tier_since, %(occasion)s
                 FROM loyalty_card card JOIN loyalty_program program ON program.id = card.program_id
                WHERE card.hotel_managed AND card.active AND card.hotel_tier_id IS NOT NULL
                  AND COALESCE(program.company_id, %(company)s) = %(company)s
                  AND card.hotel_tier_since BETWEEN %(first)s AND %(last)s
                  AND EXISTS (SELECT FROM hotel_loyalty_decision change WHERE change.card_id = card.id
                                 AND change.tier_id = card.hotel_tier_id AND NOT COALESCE(change.is_void, FALSE)
                                 AND change.previous_tier_id IS DISTINCT FROM change.tier_id)""",
            hotel=self._get_hotel_column(),
            occasion=self._get_occasion(
                SQL("card.program_id"), SQL("card.hotel_tier_id"), SQL("card.hotel_tier_since")
            ),
            company=self.company_id.id,
            first=first,
            last=last,
        )

    def _get_found_points_expiring(self):
        first, last = self._get_window()
        return SQL(
            """SELECT DISTINCT card.partner_id, NULL::int, %(hotel)s, lot.expiry_date, %(occasion)s
                 FROM hotel_loyalty_lot lot JOIN loyalty_card card ON card.id = lot.card_id
                 JOIN loyalty_program program ON program.id = card.program_id
                WHERE lot.remaining > 0 AND lot.expiry_date BETWEEN GREATEST(%(first)s, %(today)s) AND %(last)s
                  AND card.hotel_managed AND card.active AND card.partner_id IS NOT NULL
                  AND COALESCE(program.company_id, %(company)s) = %(company)s""",
            hotel=self._get_hotel_column(),
            occasion=self._get_occasion(SQL("lot.expiry_date")),
            company=self.company_id.id,
            today=self._get_today(),
            first=first,
            last=last,
        )

    # ---- stays --------------------------------------------------------------------------------

    def _get_found_before_arrival(self):
        return self._get_stays(SQL("stay.state = 'booked' AND stay.arrival_date"), SQL("stay.arrival_date"))

    def _get_found_in_stay(self):
        return self._get_stays(SQL("stay.state = 'in_house' AND stay.arrival_date"), SQL("stay.arrival_date"))

    def _get_found_after_departure(self):
        return self._get_stays(SQL("stay.state = 'departed' AND stay.departure_date"), SQL("stay.departure_date"))

    def _get_found_review(self):
        return self._get_found_after_departure()

    def _get_stays(self, condition, day):
        """Return stays whose day of the event is due, by the clock of each hotel.

        Two rooms of one guest for the same day are one occasion.
        """
        rows = []
        for hotel in self._get_hotels():
            today = hotel._get_local_today()
            first, last = self._get_window(today)
            if self.event == "before_arrival":
                # nobody is told of a stay to come when it is over; late bookings are made up for until the day itself
                first = today if self.is_catch_up else max(first, today)
            rows.append({"id": hotel.id, "first": first.isoformat(), "last": last.isoformat()})
        return SQL(
            """SELECT stay.partner_id, stay.id, stay.property_id, %(day)s, %(occasion)s
                 FROM json_to_recordset(%(rows)s) AS hotel(id int, first date, last date)
                 JOIN hotel_stay stay ON stay.property_id = hotel.id
                WHERE stay.partner_id IS NOT NULL AND %(condition)s BETWEEN hotel.first AND hotel.last""",
            day=day,
            occasion=self._get_occasion(SQL("stay.property_id"), day),
            rows=json.dumps(rows),
            condition=condition,
        )
