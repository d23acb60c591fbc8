from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.hotel_crm_base.models.insight.hotel_report_mixin import AGGREGATORS

#: what a night has and a room to let has not
MIX = ("channel_id", "market_segment_id", "rate_plan_id", "country_id")
#: measure -> (field above the line, field below it, multiplier); the line below is that of all channels together
SHARES = {
    "occupancy": ("nights", "rooms", 100),
    "revpar": ("room_revenue", "rooms", 1),
    "share": ("nights", "nights", 100),
}
#: context key: the groups of the query that runs
GROUPS = "hotel_mix_groups"


class HotelMixReport(models.Model):
    """The business mix: one night sold with where it came from, or the rooms to let of one date and room type.

    Rooms to let belong to no channel and no segment. So what a channel or segment adds to occupancy and
    RevPAR is its nights and revenue by the rooms to let of the house, and the parts add up to the figures
    of the house; its ADR is its own revenue by its own nights.
    """

    _name = "hotel.mix.report"
    _inherit = ["hotel.night.report.mixin"]
    _description = "Business Mix"
    _auto = False
    _order = "date desc, property_id, id"
    _rec_name = "date"
    _depends = {
        "hotel.property": ["company_id", "active"],
        "hotel.room": ["property_id", "room_type_id", "active"],
        "hotel.room.closure": ["room_id", "room_type_id", "property_id", "start_date", "end_date"],
        "hotel.stay": [
            "partner_id", "property_id", "company_id", "currency_id", "room_type_id", "state", "channel_id",
            "market_segment_id", "rate_plan_id", "guest_country_id",
        ],
        "hotel.stay.night": ["stay_id", "property_id", "date", "rate"],
        "res.currency.rate": ["rate", "name", "currency_id", "company_id"],
        "res.partner": ["country_id", "hotel_nationality_id"],
    }  # fmt: skip

    date = fields.Date(string="Night", readonly=True)
    property_id = fields.Many2one("hotel.property", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    room_type_id = fields.Many2one("hotel.room.type", readonly=True)
    channel_id = fields.Many2one("hotel.channel", readonly=True)
    market_segment_id = fields.Many2one("hotel.market.segment", readonly=True)
    rate_plan_id = fields.Many2one("hotel.rate.plan", readonly=True)
    country_id = fields.Many2one("res.country", string="Guest's Country", readonly=True)
    is_capacity = fields.Boolean(string="Rooms to Let Only", readonly=True)
    rooms = fields.Integer(
        string="Rooms to Let", readonly=True, help="Those of the house; they belong to no channel and no segment."
    )
    nights = fields.Integer(string="Nights Sold", readonly=True, help="Nights that guests stayed.")
    room_revenue = fields.Monetary(readonly=True)
    adr = fields.Monetary(string="ADR", readonly=True, aggregator="avg", help="Room revenue per night sold.")
    occupancy = fields.Float(
        string="Contribution to Occupancy",
        readonly=True,
        aggregator="avg",
        help="Nights sold per 100 rooms to let of the house. Those of all channels, or of all segments, add up"
        " to the occupancy of the house.",
    )
    revpar = fields.Monetary(
        string="Contribution to RevPAR",
        readonly=True,
        aggregator="avg",
        help="Room revenue per room to let of the house. Those of all channels, or of all segments, add up to"
        " the RevPAR of the house.",
    )
    share = fields.Float(
        string="Share of Nights",
        readonly=True,
        aggregator="avg",
        help="Of 100 nights sold that are shown beside it, through all channels and segments.",
    )

    @api.model
    def _get_ratios(self):
        return {**super()._get_ratios(), "adr": ("room_revenue", "nights", 1)}

    @api.model
    def _get_night_measures(self):
        return {"rooms", "nights", "room_revenue"}

    @api.model
    def _get_night_ratios(self):
        return super()._get_night_ratios() | set(SHARES)

    # ---- what is below the line --------------------------------------------------------------

    def _read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        report = self.with_context(**{GROUPS: (tuple(groupby),)})
        return super(HotelMixReport, report)._read_group(
            self._get_domain_with_rooms(domain), groupby, aggregates, *args, **kwargs
        )

    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), *args, **kwargs):
        report = self.with_context(**{GROUPS: tuple(map(tuple, grouping_sets))})
        return super(HotelMixReport, report)._read_grouping_sets(
            self._get_domain_with_rooms(domain), grouping_sets, aggregates, *args, **kwargs
        )

    @api.model
    def _get_domain_with_rooms(self, domain):
        """Return a domain under which a condition on channel or segment leaves the rooms to let where they are.

        :rtype: Domain
        """
        rooms = Domain("is_capacity", "=", True)

        def keep(condition):
            return condition | rooms if condition.field_expr.split(".")[0] in MIX else condition

        # negations stand in the conditions then
        return Domain(domain).optimize(self).map_conditions(keep)

    def _read_group_select(self, aggregate_spec, query):
        name, _colon, aggregator = aggregate_spec.partition(":")
        if name not in SHARES or aggregator not in AGGREGATORS:
            return super()._read_group_select(aggregate_spec, query)
        above, below, factor = SHARES[name]
        return SQL(
            "%s::numeric * %s / NULLIF(%s, 0)",
            super()._read_group_select(f"{above}:sum", query),
            factor,
            self._get_total(super()._read_group_select(f"{below}:sum", query), query),
        )

    def _get_total(self, aggregate, query):
        """Return an aggregate over all channels, segments and so on of the groups that are asked for.

        :param SQL aggregate: the sum within a group
        :rtype: SQL
        """
        sets = self.env.context.get(GROUPS) or ((),)
        specs = list(dict.fromkeys(spec for groups in sets for spec in groups))
        if not any(_get_name(spec) in MIX for spec in specs):
            return aggregate
        terms = {spec: self._read_group_groupby(self._table, spec, query) for spec in specs}
        parts = [term for spec, term in terms.items() if _get_name(spec) not in MIX]
        if len(sets) > 1:
            # which set a row belongs to, so that a total is not counted with its parts
            parts += [SQL("GROUPING(%s)", term) for term in terms.values()]
        window = SQL("PARTITION BY %s", SQL(", ").join(parts)) if parts else SQL()
        return SQL("SUM(%s) OVER (%s)", aggregate, window)

    # ---- rows ----------------------------------------------------------------------------------

    @property
    def _table_query(self):
        occupancy = self.env["hotel.occupancy.report"]
        return SQL(
            """SELECT mix.id, mix.date, mix.property_id, property.company_id, company.currency_id, mix.room_type_id,
                      mix.channel_id, mix.market_segment_id, mix.rate_plan_id, mix.country_id, mix.is_capacity,
                      mix.rooms, mix.nights, mix.room_revenue, mix.row_count,
                      mix.room_revenue / NULLIF(mix.nights, 0) AS adr,
                      NULL::float AS occupancy, NULL::numeric AS revpar, NULL::float AS share
                 FROM (SELECT ((property_id::bigint * 100000 + COALESCE(room_type_id, 0)) * 100000
                              + (date - DATE '1970-01-01')) * 2 AS id, date, property_id, room_type_id,
                              NULL::int AS channel_id, NULL::int AS market_segment_id, NULL::int AS rate_plan_id,
                              NULL::int AS country_id, TRUE AS is_capacity, sum(rooms)::int AS rooms, 0 AS nights,
                              0::numeric AS room_revenue, 1 AS row_count
                         FROM (%s UNION ALL %s) capacity
                        GROUP BY property_id, room_type_id, date
                       UNION ALL %s) mix
                 JOIN hotel_property property ON property.id = mix.property_id
                 JOIN res_company company ON company.id = property.company_id""",
            occupancy._get_rooms_query(),
            occupancy._get_closures_query(),
            self._get_nights_query(),
        )

    @api.model
    def _get_nights_query(self):
        """Return the query of the nights that guests stayed, with the same columns."""
        return SQL(
            """SELECT night.id::bigint * 2 + 1, night.date, night.property_id, night.room_type_id, night.channel_id,
                      night.market_segment_id, night.rate_plan_id, night.country_id, FALSE, 0, night.nights,
                      night.amount, night.nights
                 FROM (%s) night
                WHERE night.state IN ('in_house', 'departed')""",
            self.env["hotel.figure.night"]._get_rows(),
        )


def _get_name(spec):
    """Return the field of a group such as ``date:month``."""
    return spec.split(":")[0].split(".")[0]
