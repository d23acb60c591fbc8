from odoo import models


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    def action_print_folios(self):
        """Print the folios of these reservations. Callable by those who read folios.

        :rtype: dict: action
        """
        self.check_access("read")
        return self.env.ref("hotel_crm_base.hotel_folio_report_action").report_action(self)

    def _get_folio_papers(self):
        """Return the folios as they are printed, without those that are cancelled or empty.

        :returns: dicts of name, payer (res.partner), lines (dicts of date, text, amount), untaxed, tax,
            total, paid, balance, payments (dicts of date, text, amount)
        :rtype: list[dict]
        """
        self.ensure_one()
        # guests print their own; staff of other roles see no reservation's money (see hotel_reservation_money)
        folios = self.sudo().folio_ids.filtered(lambda folio: folio.state != "cancel" and folio.order_line)
        return [
            {
                "name": folio.name,
                "payer": folio.partner_id,
                "lines": [
                    {
                        "date": line.hotel_service_date,
                        "text": line.name,
                        "amount": line.price_total,
                    }
                    for line in folio._get_printed_lines()
                ],
                "untaxed": folio.amount_untaxed,
                "tax": folio.amount_tax,
                "total": folio.amount_total,
                "paid": folio.hotel_paid,
                "balance": folio.hotel_balance,
                "payments": [
                    {
                        "date": payment.date,
                        "text": payment.journal_id.name,
                        "amount": payment._get_amount_for_folio(),
                    }
                    for payment in folio._get_folio_payments()
                ],
            }
            for folio in folios
        ]
