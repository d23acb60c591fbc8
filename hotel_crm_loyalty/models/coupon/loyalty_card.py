"""Coupons: whose they are, what stands against using them, and taking them so that nobody takes them twice."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...codes import read_code


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    hotel_code_key = fields.Char(
        compute="_compute_hotel_code_key", store=True, index="btree_not_null", help="The code as it is looked up."
    )
    hotel_use_ids = fields.One2many("hotel.reward.use", "card_id", string="Uses on Bookings")

    @api.depends("code")
    def _compute_hotel_code_key(self):
        for card in self:
            card.hotel_code_key = read_code(card.code)

    def _is_hotel_owner(self, partner_ids):
        """Return whether somebody of these may use this coupon: anybody where it is nobody's in particular.

        :param Iterable[int] partner_ids: the booker, who sleeps there, the company that they belong to
        :rtype: bool
        """
        self.ensure_one()
        return not self.partner_id or self.partner_id.id in set(partner_ids)

    def _get_hotel_unknown(self):
        """Return what is said of codes that there are none of, and of coupons of others: it tells nothing.

        :rtype: str
        """
        return self.env._("We do not know this code, or it is another guest's. Log in first to use a personal one.")

    def _get_hotel_problem(self, booking):
        """Return what keeps a booking from using this coupon, as a sentence for the booker; empty where nothing.

        What tells that there is such a coupon is told to its owner only.

        :param booking.Booking booking: what is booked
        :rtype: str
        """
        card = self.sudo()  # guests have no rights on coupons
        if not card or not card.active or not card._is_hotel_owner(booking.partner_ids):
            return self._get_hotel_unknown()
        problem = card._get_hotel_coupon_problem(booking)
        return problem or card.program_id.with_env(self.env)._get_hotel_problem(booking)

    def _get_hotel_coupon_problem(self, booking):
        """Return what is wrong with the coupon itself; empty where nothing is. Others add conditions here.

        :param booking.Booking booking: what is booked
        :rtype: str
        """
        self.ensure_one()
        if self.hotel_managed:
            return self.env._("Points of a membership are not used by a code.")
        if self.expiration_date and self.expiration_date < booking.day:
            return self.env._("This code has expired.")
        least = min(self.program_id.reward_ids.mapped("required_points"), default=1)
        if self.points >= least:
            return ""
        live = self.hotel_use_ids.filtered(lambda use: use.state == "held")
        if live.reservation_id.filtered(lambda reservation: reservation.id == booking.reservation_id):
            return self.env._("This code is on the booking already.")
        if live:
            return self.env._("This code is held for a booking that is not confirmed yet.")
        return self.env._("This code has been used already.")

    # ---- taking and giving back -------------------------------------------------------------

    def _take_hotel_points(self, points):
        """Take points off a coupon, where they are there.

        SQL: asking and taking is one step. Who comes second waits, and finds nothing left.

        :param float points: what the reward costs
        :returns: whether they were there
        :rtype: bool
        """
        self.ensure_one()
        return self._query_hotel_points(-points)

    def _give_hotel_points(self, points):
        """Give points back to a coupon."""
        self.ensure_one()
        self._query_hotel_points(points)

    def _query_hotel_points(self, change):
        """Add to the points of a coupon, never below nothing; return whether it was done."""
        self.flush_recordset()
        done = self.env.execute_query(
            SQL(
                """UPDATE loyalty_card SET points = points + %(change)s, write_date = %(now)s, write_uid = %(uid)s
                    WHERE id = %(id)s AND points + %(change)s >= 0 AND NOT COALESCE(hotel_managed, FALSE)
                RETURNING id""",
                change=change,
                now=fields.Datetime.now(),
                uid=self.env.uid,
                id=self.id,
            )
        )
        self.invalidate_recordset(["points", "points_display"], flush=False)
        return bool(done)

    def _note_hotel_points(self, points, reservation):
        """Write into Odoo's history that a booking has used a coupon, or given it back.

        The rows name the booking and not its folio: Odoo deletes those of orders that are cancelled.

        :param float points: used; less than 0 where they are given back
        :param hotel.reservation reservation: which booking
        """
        self.ensure_one()
        text = self.env._("Booking %s", reservation.name)
        if points < 0:
            text = self.env._("Given back: %s", reservation.name)
        self.env["loyalty.history"].sudo().create(  # nobody's hand writes history
            {
                "card_id": self.id,
                "description": text,
                "used": max(points, 0.0),
                "issued": max(-points, 0.0),
                "order_model": "hotel.reservation",
                "order_id": reservation.id,
            }
        )
