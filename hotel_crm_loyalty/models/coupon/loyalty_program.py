"""Programmes whose codes guests use on bookings: where they hold, how often, and whether they come back."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...codes import read_code

#: kinds of programmes whose codes reduce a booking; gift cards and wallets pay, and members' cards have points
CODED = ("coupons", "promo_code", "next_order_coupons")


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    hotel_return = fields.Selection(
        [
            ("free", "After a Cancellation Free of Charge"),
            ("always", "After Each Cancellation"),
            ("never", "Never"),
        ],
        string="Given Back",
        required=True,
        default="free",
        help="When a guest can use a coupon again whose booking was cancelled. After a no-show it is never given back.",
    )
    hotel_is_local = fields.Boolean(
        compute="_compute_hotel_is_local", store=True, help="Counts at some hotels only; sellers need not see which."
    )
    hotel_usage_turn = fields.Integer(
        readonly=True, copy=False, help="Counts who asked for one of a limited number: two at once wait for each other."
    )

    @api.depends("hotel_property_ids")
    def _compute_hotel_is_local(self):
        for program in self:
            program.hotel_is_local = bool(program.hotel_property_ids)

    # ---- how often it was used --------------------------------------------------------------

    def _compute_order_count(self):
        """Count what was really used: confirmed orders, and bookings that have a code or hold it."""
        counts = self._query_hotel_used()
        for program in self:
            program.order_count = counts.get(program.id, 0)

    def _query_hotel_used(self):
        """Return how often each programme was used; SQL, because orders have one line per tax.

        :rtype: dict[int, int]
        """
        for model in ("sale.order", "sale.order.line", "loyalty.reward", "hotel.reward.use"):
            self.env[model].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT program_id, sum(uses) FROM (
                       SELECT r.program_id, count(DISTINCT l.order_id) AS uses
                         FROM sale_order_line l
                         JOIN loyalty_reward r ON r.id = l.reward_id
                         JOIN sale_order o ON o.id = l.order_id AND o.state = 'sale'
                        WHERE r.program_id = ANY(%(ids)s) AND l.hotel_use_id IS NULL
                        GROUP BY r.program_id
                       UNION ALL
                       SELECT u.program_id, count(*) FROM hotel_reward_use u
                        WHERE u.program_id = ANY(%(ids)s) AND u.state IN ('held', 'used', 'kept')
                        GROUP BY u.program_id
                   ) AS found GROUP BY program_id""",
                ids=list(self.ids),
            )
        )
        return {program_id: int(uses) for program_id, uses in rows}

    def _is_hotel_used_up(self, is_asked=False):
        """Return whether a programme of a limited number was used that often.

        Two at once wait for each other: the row is changed, so that who comes second reads anew.

        :param bool is_asked: it is only asked, nothing is taken: nobody waits
        :rtype: bool
        """
        self.ensure_one()
        if not self.limit_usage:
            return False
        if not is_asked:
            self._lock_hotel_turn()
        return self._query_hotel_used().get(self.id, 0) >= self.max_usage

    def _lock_hotel_turn(self):
        """Let others who need the same programme's turn wait, and read anew afterwards; SQL, to change the row."""
        self.flush_model(["hotel_usage_turn"])
        self.env.execute_query(
            SQL(
                """UPDATE loyalty_program SET hotel_usage_turn = COALESCE(hotel_usage_turn, 0) + 1
                    WHERE id = %s RETURNING id""",
                self.id,
            )
        )
        self.invalidate_recordset(["hotel_usage_turn"], flush=False)

    # ---- codes ------------------------------------------------------------------------------

    @api.model
    def _find_hotel_code(self, text):
        """Return what a code stands for: a shared code's rule, or a coupon; empty records where there is none.

        :param str text: as typed
        :rtype: tuple[loyalty.rule, loyalty.card], with sudo
        """
        # guests have no rights on programmes and coupons
        rules, cards = self.env["loyalty.rule"].sudo(), self.env["loyalty.card"].sudo()
        key = read_code(text)
        if not key:
            return rules, cards
        shared = Domain("mode", "=", "with_code") & Domain("hotel_code_key", "=", key)
        rule = rules.search(shared & Domain("program_id.active", "=", True), order="id", limit=1)
        card = cards if rule else cards.search([("hotel_code_key", "=", key)], order="id", limit=1)
        return rule, card

    def _get_hotel_problem(self, booking, rule=None):
        """Return what keeps a booking from using this programme, as a sentence; empty where nothing does.

        :param booking.Booking booking: what is booked
        :param loyalty.rule rule: of the shared code, where it is one
        :rtype: str
        """
        self.ensure_one()
        program = self.sudo()  # who books has no rights on programmes
        if not program.active or program.program_type not in CODED or not program.sale_ok:
            return self.env._("This code cannot be used for rooms.")
        if program.date_from and booking.day < program.date_from:
            return self.env._("This code cannot be used yet.")
        if program.date_to and booking.day > program.date_to:
            return self.env._("This code has expired.")
        return program._get_hotel_lasting_problem(booking, rule)

    def _get_hotel_lasting_problem(self, booking, rule=None):
        """Return which condition a booking does not fulfil, of those that hold as long as the code is on it.

        :rtype: str
        """
        if not self._is_hotel_scope(booking):
            return self.env._("This code cannot be used at this hotel or for this rate.")
        problems = [each._get_hotel_problem(booking) for each in rule or self.rule_ids]
        # one of several rules is enough, as in Odoo's orders
        if problems and all(problems):
            return problems[0]
        return self._check_hotel_conditions(booking) or ""

    def _is_hotel_scope(self, booking):
        """Return whether the programme counts at a property and with the price lists of a booking.

        :rtype: bool
        """
        hotel = self.env["hotel.property"].sudo().browse(booking.property_id)
        company = self.company_id
        if company and company not in (hotel.company_id, hotel.company_id.parent_id):
            return False
        if self.hotel_property_ids and hotel not in self.hotel_property_ids:
            return False
        plans = self.env["hotel.rate.plan"].sudo().browse({room.rate_plan_id for room in booking.rooms} - {None, False})
        lists = plans.pricelist_id or hotel.pricelist_id
        return not self.pricelist_ids or lists <= self.pricelist_ids

    def _check_hotel_conditions(self, booking):
        """Hook: return what keeps a booking from using this programme, as a sentence; empty where nothing does.

        Asked before a booking is made, when it is made, and after each change.

        :param booking.Booking booking: what is booked
        :rtype: str
        """
        return ""
