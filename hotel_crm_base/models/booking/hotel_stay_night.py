from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .hotel_stay import RATES


class HotelStayNight(models.Model):
    """One night of a stay and its rate: occupancy, ADR and RevPAR are counted from these."""

    _name = "hotel.stay.night"
    _description = "Night of a Stay"
    _order = "stay_id, date"
    _log_access = False
    _rec_name = "date"

    stay_id = fields.Many2one("hotel.stay", required=True, ondelete="cascade")
    property_id = fields.Many2one("hotel.property", required=True, ondelete="restrict")
    company_id = fields.Many2one(related="property_id.company_id")
    date = fields.Date(required=True)
    rate = fields.Monetary(groups=RATES, help="As the price list says: with tax where its taxes are included.")
    gross = fields.Monetary(
        string="Rate with Tax", groups=RATES, help="As the guest was told. Empty where only the rate is known."
    )
    currency_id = fields.Many2one(related="stay_id.currency_id")

    _once = models.UniqueIndex("(stay_id, date)", "A night belongs to a stay once.")
    _property_date_idx = models.Index("(property_id, date)")

    @api.model
    def _sync(self, stays, overwrite=False):
        """Bring the nights of stays in line with their dates.

        :param hotel.stay stays: stays just created or changed
        :param bool overwrite: replace the rates of nights that remain
        """
        if not stays:
            return
        stays.flush_recordset(["arrival_date", "departure_date", "rate", "property_id"])
        # nights are derived from the stay, whose own rights were checked
        nights = self.sudo().search([("stay_id", "in", stays.ids)])
        kept = {}
        for night in nights:
            stay = night.stay_id
            if stay.arrival_date <= night.date < stay.departure_date:
                kept[stay.id, night.date] = night
        (nights - self.union(*kept.values())).unlink()
        if overwrite:
            for stay in stays:
                self.union(*(n for (sid, _day), n in kept.items() if sid == stay.id)).write(
                    {"rate": stay.rate, "gross": 0.0}
                )
        self.sudo().create(
            [
                {"stay_id": stay.id, "property_id": stay.property_id.id, "date": day, "rate": stay.rate}
                for stay in stays
                for day in self._days(stay)
                if (stay.id, day) not in kept
            ]
        )

    @api.model
    def _prepare_nights(self, hotel, offer):
        """Return values of nights at the prices of an offer.

        :param pricing.Offer offer: what was agreed, None where nothing was
        :rtype: list[dict]
        """
        return [
            {"property_id": hotel.id, "date": night[0], "rate": night[1], "gross": night[2]}
            for night in (offer.nights if offer else ())
        ]

    @api.model
    def _days(self, stay):
        """Yield the dates of the nights of a stay, departure day left out."""
        for offset in range(stay.nights):
            yield stay.arrival_date + timedelta(days=offset)

    @api.model
    def _query_insert_for_stays(self, table):
        """Insert the nights of stays that have none, listed in a temporary table; SQL because of volume.

        :param str table: name of a temporary table with a column ``id`` of stays
        :returns: number of nights inserted
        :rtype: int
        """
        self.env.cr.execute(
            SQL(
                """INSERT INTO hotel_stay_night (stay_id, property_id, date, rate)
                   SELECT s.id, s.property_id, s.arrival_date + night, s.rate
                     FROM hotel_stay s JOIN %s t ON t.id = s.id,
                          generate_series(0, s.departure_date - s.arrival_date - 1) night""",
                SQL.identifier(table),
            )
        )
        return self.env.cr.rowcount
