"""What an activity really brought: those who were told beside a control group drawn by lot."""

from odoo import fields, models
from odoo.tools import SQL

from ... import uplift

#: nights and spend count until so many days after the end
AFTER_DAYS = 30


class HotelCampaignEvaluation(models.Model):
    """One evaluation of an activity, with the figures as they were then."""

    _name = "hotel.campaign.evaluation"
    _description = "Evaluation of an Activity"
    _order = "id desc"
    _rec_name = "campaign_id"

    campaign_id = fields.Many2one(
        "utm.campaign", string="Activity", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="campaign_id.hotel_company_id", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="campaign_id.hotel_currency_id")
    from_date = fields.Date(readonly=True)
    until_date = fields.Date(readonly=True)
    told_count = fields.Integer(string="Told", readonly=True, help="Guests drawn to be told, refused ones included.")
    told_booked = fields.Integer(string="Booked, of Those Told", readonly=True)
    control_count = fields.Integer(string="Control Group", readonly=True)
    control_booked = fields.Integer(string="Booked, of the Control Group", readonly=True)
    told_share = fields.Float(string="Share Told", readonly=True, digits=(16, 2), help="Percent who booked.")
    control_share = fields.Float(string="Share of the Control Group", readonly=True, digits=(16, 2))
    uplift = fields.Float(readonly=True, digits=(16, 2), help="Percentage points more who booked.")
    uplift_low = fields.Float(string="Uplift at Least", readonly=True, digits=(16, 2), help="With 95 % confidence.")
    uplift_high = fields.Float(string="Uplift at Most", readonly=True, digits=(16, 2))
    is_clear = fields.Boolean(string="More than Chance", readonly=True)
    extra_bookings = fields.Float(readonly=True, digits=(16, 1), help="Guests who would not have booked.")
    spend_uplift = fields.Monetary(string="More per Guest", readonly=True)
    spend_low = fields.Monetary(string="More per Guest at Least", readonly=True)
    spend_high = fields.Monetary(string="More per Guest at Most", readonly=True)
    extra_revenue = fields.Monetary(readonly=True, help="What those who were told spent more than they would have.")
    cost = fields.Monetary(readonly=True, help="What was spent, the SMS too.")
    discount = fields.Monetary(readonly=True)
    return_on_cost = fields.Float(
        readonly=True, digits=(16, 1), help="Percent: extra revenue less cost and discounts, of cost and discounts."
    )
    lessons = fields.Text(related="campaign_id.hotel_lessons", readonly=True)

    def _get_outcomes(self, campaign, first, last):
        """Return what guests of the audience booked, on both sides; SQL because of volume.

        :returns: whether control group -> (guests, guests who booked, sum and sum of squares of what they booked for)
        :rtype: dict[bool, tuple[int, int, float, float]]
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT member.is_holdout, count(*), count(booked.partner_id),
                          COALESCE(sum(booked.amount), 0)::float, COALESCE(sum(booked.amount * booked.amount), 0)::float
                     FROM hotel_campaign_member member
                     LEFT JOIN (SELECT stay.partner_id, sum(COALESCE(nights.amount, 0) * rate.rate) AS amount
                                  FROM hotel_stay stay
                                  LEFT JOIN LATERAL (SELECT sum(COALESCE(night.gross, night.rate)) AS amount
                                         FROM hotel_stay_night night WHERE night.stay_id = stay.id) nights ON TRUE
                                  LEFT JOIN %(rates)s ON rate.currency_id = stay.currency_id
                                 WHERE stay.company_id = %(company)s AND stay.partner_id IS NOT NULL
                                   AND stay.booked_at >= %(first)s AND stay.booked_at < %(last)s::date + 1
                                   AND stay.state IN ('held', 'booked', 'in_house', 'departed')
                                 GROUP BY stay.partner_id) booked ON booked.partner_id = member.partner_id
                    WHERE member.campaign_id = %(campaign)s GROUP BY member.is_holdout""",
                rates=campaign._get_hotel_rates(),
                company=campaign.hotel_company_id.id,
                campaign=campaign.id,
                first=first,
                last=last,
            )
        )
        return {held: tuple(figures) for held, *figures in rows}

    def _evaluate(self, campaign):
        """Evaluate an activity and keep the figures. With sudo; who may is the caller's to check.

        :rtype: hotel.campaign.evaluation
        """
        first = campaign.hotel_told_at or fields.Datetime.to_datetime(campaign.hotel_start_date)
        last = min(fields.Date.add(campaign.hotel_end_date, days=AFTER_DAYS), campaign._get_hotel_today())
        figures = campaign._query_hotel_figures()
        outcomes = self._get_outcomes(campaign, first, last)
        told, control = (outcomes.get(held, (0, 0, 0.0, 0.0)) for held in (False, True))
        values = {
            "campaign_id": campaign.id,
            "from_date": first.date(),
            "until_date": last,
            "told_count": told[0],
            "told_booked": told[1],
            "control_count": control[0],
            "control_booked": control[1],
            "cost": campaign.hotel_cost + figures["sms_cost"],
            "discount": figures["discount"],
            **self._prepare_satisfaction_vals(campaign, first, last),
        }
        return self.create(values | self._compare(told, control, values["cost"] + values["discount"]))

    def _compare(self, told, control, spent):
        """Return what the comparison of both sides says; nothing where there is no control group."""
        values = {
            "told_share": 100.0 * told[1] / told[0] if told[0] else 0.0,
            "control_share": 100.0 * control[1] / control[0] if control[0] else 0.0,
        }
        shares = uplift.compare_shares(uplift.Group(told[1], told[0]), uplift.Group(control[1], control[0]))
        if shares:
            values |= {
                "uplift": 100 * shares.difference,
                "uplift_low": 100 * shares.low,
                "uplift_high": 100 * shares.high,
                "is_clear": shares.is_clear,
                "extra_bookings": shares.difference * told[0],
            }
        means = uplift.compare_means(uplift.Sums(told[0], *told[2:]), uplift.Sums(control[0], *control[2:]))
        if means:
            extra = means.difference * told[0]
            values |= {
                "spend_uplift": means.difference,
                "spend_low": means.low,
                "spend_high": means.high,
                "extra_revenue": extra,
                "return_on_cost": 100 * (extra - spent) / spent if spent else 0.0,
            }
        return values
