from odoo import api, models
from odoo.tools import SQL

from .. import bulk


class HotelLoyaltyEvaluation(models.AbstractModel):
    _inherit = "hotel.loyalty.evaluation"

    @api.model
    def _after_booked(self, booked):
        """Have the figures of days and members follow, and those of guests."""
        result = super()._after_booked(booked)
        days = sorted({move.on for _card_id, move in booked.moves})
        if days:
            self.env["hotel.loyalty.figure.queue"].sudo()._query_add(SQL("SELECT unnest(%s::date[])", days))
        if booked.outcomes:
            self.env["hotel.loyalty.figure.member.queue"].sudo()._query_add(
                SQL("SELECT unnest(%s)", bulk.make_ids(booked.outcomes))
            )
        changed = {card_id for card_id, _row in (*booked.moves, *booked.decisions)}
        if changed or booked.voided:
            cards = self.env["loyalty.card"].sudo().browse(changed or booked.outcomes)
            self.env["hotel.guest.metric"]._mark_dirty(cards.partner_id.ids)
        return result
