from odoo import api, models


class HotelLoyaltyEvaluation(models.AbstractModel):
    """Members whose points have moved are told to other systems: once for all moves of a batch."""

    _inherit = "hotel.loyalty.evaluation"

    @api.model
    def _after_booked(self, booked):
        result = super()._after_booked(booked)
        cards = self.env["loyalty.card"].browse(sorted({card_id for card_id, _move in booked.moves}))
        self.env["hotel.event.delivery"]._hotel_emit("points.moved", cards)
        return result
