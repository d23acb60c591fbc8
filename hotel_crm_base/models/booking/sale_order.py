"""The folio: the bill of a reservation, kept as an order so that tax, invoice and payment are Odoo's.

What other parts use, all of it checked for rights by the caller unless it is a button:

* pages of guests: ``reservation._begin_payment()`` before a payment form and when a payment starts,
  ``_check_payment_amount(amount)``, ``_get_deposit_due()``; what follows a payment happens by itself
  (``payment.transaction._settle_hotel_folio``);
* papers and receipts: the folios of ``reservation.folio_ids`` that are not cancelled; their
  ``order_line`` (``hotel_service_date``, ``name``, ``price_total``, ``price_subtotal``),
  ``amount_untaxed``, ``amount_tax``, ``amount_total``, ``_get_folio_payments()`` with
  ``payment._get_amount_for_folio()``, ``hotel_paid``, ``hotel_balance``. Figures of one folio add up
  to the cent: taxes are rounded line by line (``account_tax.py``);
* outlets: ``stays._find_in_house(...)``, ``stay._post_charge(...)``, ``line._take_back(reason, amount)``;
* the day's end: ``stays._post_nights(until_date)``;
* whoever changes stays: ``reservation._sync_folio()``.
"""

from odoo import api, fields, models

#: states in which a folio takes charges
OPEN = ("draft", "sent", "sale")


class SaleOrder(models.Model):
    """A folio: the bill of a reservation, or of one part of it."""

    _inherit = "sale.order"

    hotel_reservation_id = fields.Many2one(
        "hotel.reservation",
        string="Reservation",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    hotel_property_id = fields.Many2one(
        related="hotel_reservation_id.property_id",
        string="Property",
        store=True,
        index="btree_not_null",
        precompute=True,
    )
    hotel_folio_kind = fields.Selection(
        [("main", "Main"), ("rooms", "Rooms"), ("extras", "Extras"), ("fee", "Fee")],
        string="Folio",
        copy=False,
        help="Main: all charges that no other folio of the reservation takes.",
    )
    hotel_stay_id = fields.Many2one(
        "hotel.stay",
        string="Stay",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        help="Takes the charges of this stay only. Empty: of all stays of the reservation.",
    )
    hotel_is_on_account = fields.Boolean(
        string="Billed Later",
        copy=False,
        help="The payer has credit: guests leave before the invoice is paid.",
    )

    @api.depends("hotel_reservation_id")
    def _compute_pricelist_id(self):
        """Folios have the rates of the reservation where these are in its currency."""
        folios = self.filtered("hotel_reservation_id")
        result = super(SaleOrder, self - folios)._compute_pricelist_id()
        for folio in folios.filtered(lambda order: order.state == "draft"):
            reservation = folio.hotel_reservation_id
            rates = reservation.rate_plan_id.pricelist_id or reservation.property_id.pricelist_id
            folio.pricelist_id = rates if rates.currency_id == reservation.currency_id else False
        return result

    @api.depends("hotel_reservation_id")
    def _compute_currency_id(self):
        """Folios are in the currency of the property."""
        folios = self.filtered("hotel_reservation_id")
        result = super(SaleOrder, self - folios)._compute_currency_id()
        for folio in folios:
            folio.currency_id = folio.hotel_reservation_id.currency_id
        return result

    def _should_be_locked(self):
        """Folios take charges until the guest leaves."""
        return not self.hotel_reservation_id and super()._should_be_locked()

    def _send_order_notification_mail(self, mail_template, allow_deferred_sending=True):
        """Send nothing about folios: bookings are confirmed by messages of their own, which need no PDF."""
        if self.hotel_reservation_id:
            return None
        return super()._send_order_notification_mail(mail_template, allow_deferred_sending)

    def _is_open_folio(self):
        """Return whether charges can still be put on this folio.

        :rtype: bool
        """
        self.ensure_one()
        return bool(self.hotel_reservation_id) and self.state in OPEN
