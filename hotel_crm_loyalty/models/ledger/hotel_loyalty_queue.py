"""Members whose facts have changed since they were evaluated."""

from odoo import api, fields, models
from odoo.tools import SQL


class HotelLoyaltyQueue(models.Model):
    """A member who is to be evaluated again."""

    _name = "hotel.loyalty.queue"
    _inherit = ["hotel.change.queue"]
    _description = "Members to Be Evaluated"
    _rec_name = "card_id"
    _log_access = False
    _queued_columns = ("card_id",)

    # no foreign key, as with other queues
    card_id = fields.Integer(string="Card (id)", required=True)

    @api.model
    def _get_share(self, part):
        """Return which rows a job takes: one half of the members each, so that they work on two processors.

        :param part: 0 or 1, or None for all; where the second job is switched off, the first takes all
        :rtype: SQL
        """
        other = self.env.ref("hotel_crm_loyalty.hotel_loyalty_cron_evaluate_other", raise_if_not_found=False)
        if part is None or not other or not other.sudo().active:
            return SQL("TRUE")
        return SQL("card_id %% 2 = %s", part)

    @api.model
    def _add_cards(self, cards):
        """Queue some members.

        :param loyalty.card cards: who
        """
        if cards:
            # the queue is the program's own
            self.sudo()._query_add(SQL("SELECT unnest(%s::integer[])", cards.ids))

    @api.model
    def _query_add_program(self, program):
        """Queue all members of a programme; SQL because there may be a million.

        :param loyalty.program program: whose members
        """
        self.env["loyalty.card"].flush_model()
        members = SQL("SELECT id FROM loyalty_card WHERE program_id = %s AND hotel_managed AND active", program.id)
        self.sudo()._query_add(members)

    @api.model
    def _query_add_guests(self, guests):
        """Queue the members among some guests; SQL because a bulk load brings millions.

        :param SQL guests: a SELECT of ids of guests, some of them NULL
        """
        self.env["loyalty.card"].flush_model()
        self.sudo()._query_add(
            SQL(
                """SELECT card.id FROM loyalty_card card
                    WHERE card.hotel_managed AND card.active AND card.partner_id = ANY(ARRAY(%s))""",
                guests,
            )
        )
