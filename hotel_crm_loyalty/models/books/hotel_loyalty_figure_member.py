"""Figures of members, kept ready: a report over a million of them opens at once."""

from odoo import api, fields, models
from odoo.tools import SQL

#: moves that a member brings about: not what the calendar, a correction or the hotel does
ACTIVE = SQL(
    """(move.kind IN ('earn', 'bonus', 'redeem')
        OR move.reason_code IN ('posted_partner', 'posted_buy', 'posted_transfer')) AND move.key NOT LIKE '%%~%%'"""
)


class HotelLoyaltyFigureMember(models.Model):
    """What one member of a programme has, has had and when he or she was last active."""

    _name = "hotel.loyalty.figure.member"
    _inherit = ["hotel.loyalty.figure.mixin"]
    _description = "Loyalty Figures of a Member"
    _order = "card_id"
    _log_access = False
    _figure_queue = "hotel.loyalty.figure.member.queue"
    _figure_batch = 5000
    _rec_name = "card_id"

    card_id = fields.Many2one("loyalty.card", required=True, readonly=True, ondelete="cascade")
    program_id = fields.Many2one("loyalty.program", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", readonly=True, ondelete="cascade", index=True)
    tier_id = fields.Many2one("hotel.loyalty.tier", readonly=True, ondelete="set null")
    joined_date = fields.Date(readonly=True)
    activity_date = fields.Date(string="Last Activity", readonly=True)
    is_closed = fields.Boolean(readonly=True)
    balance = fields.Integer(readonly=True, help="Points in all lots, pending ones too.")
    pending = fields.Integer(readonly=True)
    debt = fields.Integer(readonly=True)
    earned = fields.Integer(readonly=True)
    redeemed = fields.Integer(readonly=True)
    expired = fields.Integer(readonly=True)

    _card_unique = models.UniqueIndex("(card_id)", "One row per member.")

    @api.model
    def _refresh_taken(self, taken):
        self._refresh_cards(taken)

    @api.model
    def _refresh_cards(self, card_ids):
        """Compute the figures of these members now, in the running transaction.

        :param list[int] card_ids: some; for a whole programme queue them
        """
        if card_ids:
            self.env.flush_all()
            self._query_refresh_cards(list(card_ids))
            self.invalidate_model()

    @api.model
    def _query_queue_all(self):
        """Queue all members; SQL because there are a million."""
        self.env["hotel.loyalty.figure.member.queue"]._query_add(
            SQL(
                """SELECT id FROM loyalty_card WHERE hotel_managed
                   UNION SELECT card_id FROM hotel_loyalty_figure_member"""
            )
        )

    @api.model
    def _query_refresh_cards(self, card_ids):
        """Replace the figures of some members; SQL because of volume."""
        self.env.execute_query(
            SQL("DELETE FROM hotel_loyalty_figure_member WHERE card_id = ANY(%s) RETURNING 1", card_ids)
        )
        self.env.execute_query(
            SQL(
                """INSERT INTO hotel_loyalty_figure_member (card_id, program_id, partner_id, tier_id, joined_date,
                        activity_date, is_closed, balance, pending, debt, earned, redeemed, expired)
                   SELECT card.id, card.program_id, card.partner_id, card.hotel_tier_id, card.hotel_joined_date,
                          moved.activity_date, card.hotel_state = 'closed' OR card.active IS NOT TRUE,
                          COALESCE(card.points, 0) + COALESCE(card.hotel_pending, 0), COALESCE(card.hotel_pending, 0),
                          COALESCE(card.hotel_debt, 0), COALESCE(moved.earned, 0), COALESCE(moved.redeemed, 0),
                          COALESCE(moved.expired, 0)
                     FROM loyalty_card card
                     LEFT JOIN (
                          SELECT move.card_id,
                                 max(move.date) FILTER (WHERE %s) AS activity_date,
                                 sum(move.points) FILTER (WHERE move.kind IN ('earn', 'bonus')) AS earned,
                                 -sum(move.points) FILTER (WHERE move.kind IN ('redeem', 'return')
                                                           AND move.lot_id IS NOT NULL) AS redeemed,
                                 -sum(move.points) FILTER (WHERE move.kind = 'expire') AS expired
                            FROM hotel_loyalty_move move WHERE move.card_id = ANY(%s) GROUP BY move.card_id
                          ) moved ON moved.card_id = card.id
                    WHERE card.id = ANY(%s) AND card.hotel_managed
                   RETURNING 1""",
                ACTIVE,
                card_ids,
                card_ids,
            )
        )
