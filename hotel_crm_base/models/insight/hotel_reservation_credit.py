"""Credit where bookings ask for it: the deposit, the check-in, the bill to a company."""

from odoo import api, fields, models

from ..booking.hotel_reservation_money import MONEY

DEPOSITS = {"none": 0.0, "full": 100.0}


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    credit_hint = fields.Char(
        string="Credit", compute="_compute_credit_hint", groups=MONEY, help="What the hotel trusts the payer with."
    )

    _payer_idx = models.Index("(payer_id) WHERE payer_id IS NOT NULL")

    @api.depends("payer_id", "partner_id", "folio_ids.hotel_is_on_account", "deposit_percent")
    @api.depends_context("lang")
    def _compute_credit_hint(self):
        for reservation in self:
            grade = reservation._get_credit_grade()
            hints = [grade._get_allowance_text()] if grade else []
            folios = reservation.sudo().folio_ids.filtered("hotel_is_on_account")  # a yes or a no
            hints += [
                self.env._("Billed later, but %s has no credit now.", folio.partner_invoice_id.name)
                for folio in folios.filtered(lambda folio: folio.state != "cancel" and not folio._is_bill_allowed())
            ]
            reservation.credit_hint = " ".join(hints) or False

    def _get_credit_terms(self, payer=None):
        """Answer by the grade of the payer that is in force.

        :returns: as super, and ``limit`` and ``left`` (in the company's currency) where bills are allowed
        """
        terms = super()._get_credit_terms(payer)
        grade = self._get_credit_grade(payer)
        if not grade:
            return terms
        standard = grade.standard_id
        terms["deposit_percent"] = DEPOSITS.get(standard.deposit_rule, terms["deposit_percent"])
        if standard.is_pay_later_allowed:
            used = grade.partner_id._get_hotel_credit_used(grade.company_id)
            left = grade.limit_amount - used
            allowed = grade.currency_id.compare_amounts(left, 0) >= 0
            terms |= {"is_bill_allowed": allowed, "limit": grade.limit_amount, "left": left}
        return terms

    def _get_credit_grade(self, payer=None):
        """Return the grade in force of whoever pays: the one asked for, the payer, else the booker.

        :param res.partner payer: of a folio
        :rtype: hotel.credit.grade, with sudo
        """
        self.ensure_one()
        booking = self.sudo()  # guests and desks learn what is allowed, not the grade
        payer = (payer or booking.payer_id or booking.partner_id).sudo().with_company(booking.company_id)
        grade = payer.hotel_credit_grade_id
        # a bill to somebody at a company is the company's; a guest's own booking is not
        if not grade and payer != booking.partner_id:
            grade = payer.commercial_partner_id.hotel_credit_grade_id
        return grade.sudo()
