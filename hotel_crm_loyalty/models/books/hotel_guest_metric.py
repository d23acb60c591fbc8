from odoo import api, fields, models
from odoo.tools import SQL


class HotelGuestMetric(models.Model):
    _inherit = "hotel.guest.metric"

    member_points = fields.Integer(help="Points of all programmes that can be spent, and pending ones.")
    member_tier_id = fields.Many2one(
        "hotel.loyalty.tier", ondelete="set null", help="The highest tier among the guest's programmes."
    )
    member_tier_rank = fields.Integer(help="Of that tier, from 0; how high it stands in its programme.")
    member_since_date = fields.Date(help="When the guest joined the first programme.")

    _member_tier_idx = models.Index("(member_tier_id) WHERE member_tier_id IS NOT NULL")
    _member_points_idx = models.Index("(member_points) WHERE member_points > 0")

    @api.model
    def _get_metric_queries(self):
        """Count membership too, at the company of the programme, or that carries the chain's points."""
        return {
            **super()._get_metric_queries(),
            "member": SQL(
                """SELECT card.partner_id,
                          COALESCE(program.company_id, program.hotel_liability_company_id) AS company_id,
                          sum(COALESCE(card.points, 0) + COALESCE(card.hotel_pending, 0)) AS member_points,
                          (array_agg(tier.id ORDER BY tier.rank DESC NULLS LAST, tier.id))[1] AS member_tier_id,
                          max(tier.rank) AS member_tier_rank,
                          min(card.hotel_joined_date) AS member_since_date
                     FROM loyalty_card card
                     JOIN loyalty_program program ON program.id = card.program_id
                          AND COALESCE(program.company_id, program.hotel_liability_company_id) IS NOT NULL
                     LEFT JOIN hotel_loyalty_tier tier ON tier.id = card.hotel_tier_id
                    WHERE card.hotel_managed AND card.active AND card.hotel_state = 'active'
                      AND card.partner_id IS NOT NULL
                    GROUP BY card.partner_id, COALESCE(program.company_id, program.hotel_liability_company_id)"""
            ),
        }
