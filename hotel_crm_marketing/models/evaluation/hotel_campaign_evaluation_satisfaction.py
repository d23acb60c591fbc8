"""How those who took part liked their stays, beside the other guests of the same hotels and days."""

from odoo import fields, models
from odoo.tools import SQL

from ... import uplift


class HotelCampaignEvaluation(models.Model):
    _inherit = "hotel.campaign.evaluation"

    participant_count = fields.Integer(
        string="Participants", readonly=True, help="Guests who signed up, or booked by a link or with a coupon."
    )
    is_asked = fields.Boolean(readonly=True, help="Guests are asked how they liked their stays.")
    satisfaction_count = fields.Integer(string="Participants Who Answered", readonly=True)
    satisfaction = fields.Float(
        string="Satisfaction of Participants", readonly=True, digits=(5, 1), aggregator="avg", help="0 to 100."
    )
    others_count = fields.Integer(string="Other Guests Who Answered", readonly=True)
    others_satisfaction = fields.Float(
        string="Satisfaction of Others", readonly=True, digits=(5, 1), aggregator="avg", help="0 to 100."
    )
    is_compared = fields.Boolean(readonly=True, help="On both sides two guests and more have answered.")
    satisfaction_low = fields.Float(
        string="Difference at Least", readonly=True, digits=(5, 1), help="With 95 % confidence."
    )
    satisfaction_high = fields.Float(string="Difference at Most", readonly=True, digits=(5, 1))

    def _prepare_satisfaction_vals(self, campaign, first, last):
        """Return how participants liked their stays in these days; a guest who answered twice counts once.

        :param datetime first: from when answers count
        :param date last: until which day, that day too
        :rtype: dict
        """
        values = {"participant_count": self._query_participants(campaign)}
        query = self.env["res.partner"]._get_hotel_satisfaction_query()
        if query is None:
            return values
        sums = self._query_satisfaction(campaign, query, first, last)
        ours, others = (uplift.Sums(*sums.get(took_part, (0, 0.0, 0.0))) for took_part in (True, False))
        values |= {"is_asked": True, "satisfaction_count": ours.size, "others_count": others.size}
        values["satisfaction"] = ours.mean if ours.size else 0.0
        values["others_satisfaction"] = others.mean if others.size else 0.0
        difference = uplift.compare_means(ours, others)
        if difference:
            values |= {
                "is_compared": True,
                "satisfaction_low": difference.low,
                "satisfaction_high": difference.high,
            }
        return values

    def _get_participants(self, campaign):
        """Return a SELECT of the guests who signed up, or booked by a link or with a coupon."""
        return SQL(
            """SELECT partner_id FROM hotel_campaign_signup WHERE campaign_id = %(campaign)s AND state = 'signed'
               UNION SELECT stay.partner_id FROM hotel_stay stay
                WHERE stay.reservation_id IN (%(booked)s) AND stay.partner_id IS NOT NULL
                  AND stay.state IN ('held', 'booked', 'in_house', 'departed')""",
            campaign=campaign.id,
            booked=campaign._get_hotel_booked(),
        )

    def _query_participants(self, campaign):
        """Return how many took part; SQL because they come from three tables."""
        self.env.flush_all()
        query = SQL("SELECT count(*) FROM (%s) AS participant", self._get_participants(campaign))
        [(count,)] = self.env.execute_query(query)
        return count

    def _query_satisfaction(self, campaign, query, first, last):
        """Return what was answered, on both sides; SQL because there are as many answers as stays.

        :param SQL query: as the hook of the base gives it
        :returns: whether they took part -> (guests, sum and sum of squares of their satisfaction)
        :rtype: dict[bool, tuple[int, float, float]]
        """
        hotels = campaign.hotel_property_ids or self.env["hotel.property"].with_context(active_test=False).search(
            [("company_id", "=", campaign.hotel_company_id.id)]
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT guest.took_part, count(*), sum(guest.satisfaction), sum(guest.satisfaction ^ 2)
                     FROM (SELECT participant.partner_id IS NOT NULL AS took_part,
                                  avg(answer.satisfaction)::float AS satisfaction
                             FROM (%(answers)s) AS answer
                             LEFT JOIN (%(participants)s) AS participant USING (partner_id)
                            WHERE answer.property_id = ANY(%(hotels)s) AND answer.answered_at >= %(first)s
                              AND answer.answered_at < %(last)s::date + 1
                            GROUP BY answer.partner_id, participant.partner_id) guest
                    GROUP BY guest.took_part""",
                answers=query,
                participants=self._get_participants(campaign),
                hotels=hotels.ids,
                first=first,
                last=last,
            )
        )
        return {took_part: tuple(sums) for took_part, *sums in rows}
