from odoo import api, fields, models
from odoo.tools import SQL


class HotelLoyaltyMemberReport(models.Model):
    """One member of a programme: tier, when joined, how active, how many points."""

    _name = "hotel.loyalty.member.report"
    _inherit = ["hotel.report.mixin", "hotel.guest.trace.mixin"]
    _description = "Members Analysis"
    _auto = False
    _order = "joined_date desc, id desc"
    _rec_name = "partner_id"
    _depends = {
        "hotel.loyalty.figure.member": [
            "card_id", "program_id", "partner_id", "tier_id", "joined_date", "activity_date", "is_closed", "balance",
            "pending", "debt", "earned", "redeemed", "expired",
        ],
        "loyalty.program": ["company_id"],
    }  # fmt: skip

    partner_id = fields.Many2one("res.partner", string="Guest", readonly=True)
    card_id = fields.Many2one("loyalty.card", readonly=True)
    program_id = fields.Many2one("loyalty.program", string="Programme", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, help="None: the programme is the chain's.")
    tier_id = fields.Many2one("hotel.loyalty.tier", readonly=True)
    joined_date = fields.Date(string="Joined", readonly=True)
    activity_date = fields.Date(
        string="Last Activity", readonly=True, help="Points earned, bought, moved or redeemed by the member."
    )
    lapsed_date = fields.Date(
        string="Dormant since", readonly=True, help="12 months after the last activity: members lost in a month."
    )
    activity = fields.Selection(
        [
            ("active", "Active in 12 Months"),
            ("new", "Joined, Not Active Yet"),
            ("dormant", "Dormant (12 to 24 Months)"),
            ("churned", "Churned (over 24 Months)"),
            ("closed", "Left"),
        ],
        readonly=True,
    )
    members = fields.Integer(readonly=True)
    active_members = fields.Integer(readonly=True)
    dormant_members = fields.Integer(readonly=True)
    churned_members = fields.Integer(readonly=True, help="Not active for 24 months, or left.")
    balance = fields.Integer(string="Points Balance", readonly=True, help="Pending points included.")
    pending = fields.Integer(string="Points Pending", readonly=True)
    debt = fields.Integer(string="Points Owed", readonly=True)
    earned = fields.Integer(string="Points Earned", readonly=True)
    redeemed = fields.Integer(string="Points Redeemed", readonly=True)
    expired = fields.Integer(string="Points Expired", readonly=True)
    active_rate = fields.Float(string="Active %", readonly=True, aggregator="avg", help="Of 100 members.")
    churn_rate = fields.Float(string="Churned %", readonly=True, aggregator="avg", help="Of 100 members.")
    redemption_rate = fields.Float(
        string="Redemption Rate %", readonly=True, aggregator="avg", help="Points redeemed per 100 points earned."
    )
    earned_average = fields.Float(string="Earned per Member", readonly=True, aggregator="avg")
    redeemed_average = fields.Float(string="Redeemed per Member", readonly=True, aggregator="avg")

    @api.model
    def _get_ratios(self):
        return {
            **super()._get_ratios(),
            "active_rate": ("active_members", "members", 100),
            "churn_rate": ("churned_members", "members", 100),
            "redemption_rate": ("redeemed", "earned", 100),
            "earned_average": ("earned", "members", 1),
            "redeemed_average": ("redeemed", "members", 1),
        }

    @property
    def _table_query(self):
        activity = SQL(
            """CASE WHEN member.is_closed THEN 'closed'
                    WHEN COALESCE(member.activity_date, member.joined_date) > %(today)s - interval '12 months'
                    THEN CASE WHEN member.activity_date IS NULL THEN 'new' ELSE 'active' END
                    WHEN COALESCE(member.activity_date, member.joined_date) > %(today)s - interval '24 months'
                    THEN 'dormant' ELSE 'churned' END""",
            today=SQL("%s::date", fields.Date.context_today(self)),
        )
        return SQL(
            """SELECT sorted.*, 1 AS members,
                      CASE WHEN sorted.activity = 'active' THEN 1 ELSE 0 END AS active_members,
                      CASE WHEN sorted.activity = 'dormant' THEN 1 ELSE 0 END AS dormant_members,
                      CASE WHEN sorted.activity IN ('churned', 'closed') THEN 1 ELSE 0 END AS churned_members,
                      NULL::numeric AS active_rate, NULL::numeric AS churn_rate,
                      100.0 * sorted.redeemed / NULLIF(sorted.earned, 0) AS redemption_rate,
                      sorted.earned AS earned_average, sorted.redeemed AS redeemed_average
                 FROM (SELECT member.id, member.partner_id, member.card_id, member.program_id, program.company_id,
                              member.tier_id, member.joined_date, member.activity_date,
                              (COALESCE(member.activity_date, member.joined_date) + interval '12 months')::date
                                  AS lapsed_date,
                              %s AS activity, member.balance, member.pending, member.debt, member.earned,
                              member.redeemed, member.expired
                         FROM hotel_loyalty_figure_member member
                         JOIN loyalty_program program ON program.id = member.program_id) sorted""",
            activity,
        )
