"""Giving it: points and coupons by loyalty, money by the folio and its invoices, the rest by hand."""

from odoo import models
from odoo.exceptions import UserError


class HotelAmend(models.Model):
    _inherit = "hotel.amend"

    def _give(self):
        """Carry these amends out, once, and note it; limits and rights were asked before.

        :raises UserError: it cannot be carried out; nothing has happened then
        """
        self.ensure_one()
        self._lock_waiting()
        # points, coupons and folios are closed to most who give amends
        amend = self.sudo()
        given = getattr(amend, f"_give_{amend.kind}")()
        amend.write({**given, "state": "done", "date": amend.property_id.business_date})
        amend.case_id.message_post(body=self.env._("Given: %s", amend._describe()), subtype_xmlid="mail.mt_note")

    def _give_apology(self):
        return {}

    def _give_gift(self):
        return {}

    def _give_points(self):
        card = self.partner_id._get_hotel_cards_at(self.property_id)[:1]
        if not card:
            raise UserError(self.env._("The guest is no member of a programme that counts at this hotel."))
        posting = self.env["hotel.loyalty.posting"].create(
            {
                "card_id": card.id,
                "kind": "adjust",
                "points": self.points,
                "reason_id": self.env.ref("hotel_crm_loyalty.hotel_loyalty_reason_goodwill").id,
                "note": self.note or self.case_id.name,
                "user_id": self.env.uid,
                "property_id": self.property_id.id,
            }
        )
        card._hotel_evaluate()
        posting._after_posted()
        return {"posting_id": posting.id}

    def _give_coupon(self):
        program = self.type_id.program_id
        card = program._hotel_issue(self.partner_id, is_once=False)
        if self.partner_id.email:
            program._tell_hotel_coupons(card, "transaction", property=self.property_id)
        return {"card_id": card.id}

    def _give_folio(self):
        """Take charges of a stay back that is not over."""
        if self.case_id.stay_id.state == "departed":
            raise UserError(self.env._("The guest has left: give a refund."))
        return self._take_charges_back()

    def _give_refund(self):
        """Take charges of a stay back that is over: the invoice gets a credit note."""
        if self.case_id.stay_id.state != "departed":
            raise UserError(self.env._("The guest is still here: give a discount on the folio."))
        return self._take_charges_back()

    def _take_charges_back(self):
        """Take an amount off the charges of the stay, the largest first.

        :rtype: dict: values of the amends
        :raises UserError: there is no stay, or less was charged than is given
        """
        stay, left = self.case_id.stay_id, self.amount
        if not stay.reservation_id:
            raise UserError(self.env._("The case has no stay with a folio."))
        stay.reservation_id._lock_folios()
        corrections = self.env["sale.order.line"]
        for line in self._get_charges(stay):
            before = line.search([("hotel_corrected_line_id", "=", line.id)])
            open_amount = self.currency_id.round(line.price_total + sum(before.mapped("price_total")))
            part = min(open_amount, left)
            if self.currency_id.compare_amounts(part, 0) > 0:
                corrections |= line._take_back(self.note or self.case_id.name, part)
                left = self.currency_id.round(left - part)
            if self.currency_id.is_zero(left):
                return {"line_ids": [(6, 0, corrections.ids)]}
        raise UserError(self.env._("Less was charged to this stay than is to be given back."))

    def _get_charges(self, stay):
        """Return what was charged to a stay and is due, the largest first.

        :rtype: sale.order.line
        """
        lines = self.env["sale.order.line"].search(
            [
                ("hotel_stay_id", "=", stay.id),
                ("hotel_posted_at", "!=", False),
                ("hotel_corrected_line_id", "=", False),
                ("state", "=", "sale"),
                ("price_total", ">", 0),
            ]
        )
        return lines.filtered(lambda line: line.currency_id == self.currency_id).sorted("price_total", reverse=True)
