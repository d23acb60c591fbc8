"""What guests come back for: the type of room, the time of the year, the outlet."""

from odoo import api, fields, models
from odoo.tools import SQL

from .hotel_guest_metric import TAKEN

#: quarters of the year that begin with December: seasons, whatever they are called at the place
SEASONS = [
    ("dec", "December to February"),
    ("mar", "March to May"),
    ("jun", "June to August"),
    ("sep", "September to November"),
]


class HotelGuestMetric(models.Model):
    _inherit = "hotel.guest.metric"

    favourite_room_type_id = fields.Many2one(
        "hotel.room.type", ondelete="set null", help="The one of most nights."
    )
    favourite_season = fields.Selection(SEASONS, help="The part of the year of most arrivals.")
    favourite_outlet_id = fields.Many2one(
        "hotel.outlet", ondelete="set null", help="The one of most charges."
    )

    @api.model
    def _get_metric_totals(self):
        """Find the season among the months: the first quarter that no other one exceeds."""
        quarter = SQL("extract(month FROM fact.month_date)::int %% 12 / 3")
        counts = SQL(", ").join(
            SQL("sum(fact.stay_count) FILTER (WHERE %s = %s)", quarter, number) for number in range(len(SEASONS))
        )
        season = SQL(
            "CASE WHEN GREATEST(%(counts)s) > 0"
            " THEN (ARRAY[%(names)s])[array_position(ARRAY[%(counts)s], GREATEST(%(counts)s))] END",
            counts=counts,
            names=SQL(", ").join(SQL("%s", name) for name, _label in SEASONS),
        )
        return {**super()._get_metric_totals(), "favourite_season": season}

    @api.model
    def _get_metric_queries(self):
        return {
            **super()._get_metric_queries(),
            "room": self._get_favourite_query(
                "favourite_room_type_id",
                SQL("hotel_stay fact"),
                SQL("fact.room_type_id"),
                SQL("sum(GREATEST(fact.nights, 1))"),
                TAKEN,
            ),
            "outlet": self._get_favourite_query(
                "favourite_outlet_id",
                SQL("hotel_consumption fact"),
                SQL("fact.outlet_id"),
                SQL("sum(CASE WHEN fact.reversal_of_id IS NULL THEN 1 ELSE -1 END)"),
                SQL("TRUE"),
            ),
        }

    @api.model
    def _get_favourite_query(self, name, source, what, number, condition):
        """Return the query of what each guest has most of; of equals, the oldest record.

        :param str name: of the column
        :param SQL number: to be more than 0
        """
        # number and record in one whole number, of which the greatest is taken: by partner, so without a sort
        return SQL(
            """SELECT partner_id, company_id,
                      (%(last)s - (max(number << 31 | (%(last)s - what)) & %(last)s))::int4 AS %(name)s
                 FROM (SELECT fact.partner_id, fact.company_id, %(what)s AS what, (%(number)s)::int8 AS number
                         FROM %(source)s
                        WHERE fact.partner_id IS NOT NULL AND %(what)s IS NOT NULL AND %(condition)s
                        GROUP BY fact.partner_id, fact.company_id, %(what)s) counted
                WHERE number > 0
                GROUP BY partner_id, company_id""",
            last=SQL("2147483647::int8"),
            name=SQL.identifier(name),
            what=what,
            number=number,
            source=source,
            condition=condition,
        )
