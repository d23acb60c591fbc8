"""Whose facts have changed: a hash of all that an evaluation reads, computed where the facts are."""

import hashlib

from odoo import api, models
from odoo.tools import SQL

from .. import bulk

#: lists whose codes rules look at: table -> columns
LISTS = {
    "hotel_channel": "id, code",
    "hotel_market_segment": "id, code",
    "hotel_rate_plan": "id, code",
    "hotel_outlet": "id, code",
    "hotel_property": "id, code, hotel_brand, tz, company_id",
    "res_currency_rate": "id, name, rate, currency_id, company_id",
}
#: facts that loyalty keeps: table -> columns
KEPT = {
    "hotel_loyalty_posting": "id, date, kind, points, expiry_date, status_points, state, note",
    "hotel_loyalty_redemption": "id, date, points, cancelled_date, property_id, order_id, is_award_night, state, note",
    "hotel_loyalty_grant": "id, date, tier_id, kind, until_date",
    "hotel_loyalty_extension": "id, date, until_date, lot_id",
    "hotel_loyalty_choice": "id, date, decision_id, option",
}
#: charges never change, but for whose they are
STAY = (
    "id, state, arrival_date, departure_date, property_id, channel_id, market_segment_id, rate_plan_id, reservation_id,"
    " booked_at, checked_out_at, is_loyalty_history"
)


class HotelLoyaltyFacts(models.AbstractModel):
    _inherit = "hotel.loyalty.facts"

    @api.model
    def _query_changed(self, card_ids, prints, today):
        """Return those cards that an evaluation may say something new about; SQL because of volume.

        :param list card_ids: ids of cards
        :param dict prints: their fingerprints, see `_query_fingerprints`
        :param date today: the day of the evaluation
        :rtype: list[int]
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT id, hotel_fingerprint FROM loyalty_card WHERE id = ANY(%s)
                      AND hotel_evaluated_date IS NOT NULL AND (hotel_next_date IS NULL OR hotel_next_date > %s)""",
                bulk.make_ids(card_ids),
                today,
            )
        )
        quiet = {card_id for card_id, known in rows if known and known == prints.get(card_id)}
        return [card_id for card_id in card_ids if card_id not in quiet]

    @api.model
    def _query_fingerprints(self, program, card_ids):
        """Return a hash of all that the rules are told about each card; SQL because of volume.

        :rtype: dict[int, str]
        """
        kept = [
            SQL(
                "(SELECT %s FROM %s fact WHERE fact.card_id = card.id OR fact.card_id = ANY(united.ids))",
                self._get_print("fact", columns),
                SQL.identifier(table),
            )
            for table, columns in KEPT.items()
        ]
        found = self.env.execute_query(
            SQL(
                """SELECT card.id, hash_record_extended(ROW(
                          card.hotel_joined_date, card.partner_id, card.hotel_merged_into_id, card.hotel_closed_date,
                          stays.print, lines.print, bills.print, %(kept)s), %(seed)s)::text
                     FROM loyalty_card card
                     CROSS JOIN LATERAL (SELECT ARRAY(SELECT id FROM loyalty_card other
                                          WHERE other.hotel_merged_into_id = card.id) AS ids) united
                     CROSS JOIN LATERAL (SELECT %(stay)s AS print FROM hotel_stay stay
                          WHERE stay.partner_id = card.partner_id AND stay.state IN ('departed', 'no_show')) stays
                     CROSS JOIN LATERAL (SELECT bit_xor(hash_record_extended(ROW(line.id, line.stay_id), 0)) AS print
                           FROM hotel_stay stay JOIN hotel_consumption line ON line.stay_id = stay.id
                          WHERE stay.partner_id = card.partner_id AND stay.state IN ('departed', 'no_show')
                            AND line.accrues_points) lines
                     CROSS JOIN LATERAL (SELECT bit_xor(hash_record_extended(ROW(line.id), 0)) AS print
                           FROM hotel_consumption line
                          WHERE line.partner_id = card.partner_id AND line.stay_id IS NULL
                            AND line.accrues_points) bills
                    WHERE card.id = ANY(%(cards)s)""",
                kept=SQL(", ").join(kept),
                seed=self._get_seed(program),
                stay=self._get_print("stay", STAY),
                cards=bulk.make_ids(card_ids),
            )
        )
        return dict(found)

    @api.model
    def _get_print(self, alias, columns):
        """Return one number for some rows, whatever their order.

        :param str columns: names, with commas
        :rtype: SQL: an aggregate
        """
        names = [SQL.identifier(alias, name.strip()) for name in columns.split(",")]
        return SQL("bit_xor(hash_record_extended(ROW(%s), 0))", SQL(", ").join(names))

    @api.model
    def _get_seed(self, program):
        """Return a number that changes with the rules and lists that all members are judged by.

        :rtype: int: of 63 bits
        """
        lists = [
            SQL("(SELECT %s FROM %s)", self._get_print(table, columns), SQL.identifier(table))
            for table, columns in LISTS.items()
        ]
        found = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(lists)))
        parts = [program.hotel_revision_id.id, program.currency_id.id, program._get_hotel_properties().ids, found]
        return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:8]) >> 1
