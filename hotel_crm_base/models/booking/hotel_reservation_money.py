"""What a reservation costs, what was paid, what is to pay."""

from odoo import api, fields, models

#: who sees what guests pay
MONEY = (
    "hotel_crm_base.group_front_office,hotel_crm_base.group_finance,"
    "hotel_crm_base.group_service,hotel_crm_base.group_call_agent"
)


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    amount_total = fields.Monetary(
        string="Total",
        compute="_compute_amount_total",
        compute_sudo=True,
        groups=MONEY,
        help="All folios, tax included.",
    )
    amount_paid = fields.Monetary(string="Paid", compute="_compute_amounts", compute_sudo=True, groups=MONEY)
    balance = fields.Monetary(
        compute="_compute_amounts", compute_sudo=True, groups=MONEY, help="What is still to pay until the departure."
    )
    deposit_due = fields.Monetary(
        compute="_compute_amounts",
        compute_sudo=True,
        groups=MONEY,
        help="What is still to pay to confirm the booking.",
    )

    @api.depends("folio_ids.amount_total", "folio_ids.state")
    def _compute_amount_total(self):
        """Apart from what was paid, which is far more to read: lists of bookings show the total alone."""
        self.folio_ids.fetch(["state", "amount_total"])
        for reservation in self:
            live = reservation.folio_ids.filtered(lambda folio: folio.state != "cancel")
            reservation.amount_total = sum(live.mapped("amount_total"))

    @api.depends("amount_total", "folio_ids.hotel_paid", "deposit_percent", "state")
    def _compute_amounts(self):
        for reservation in self:
            reservation.amount_paid = sum(reservation.folio_ids.mapped("hotel_paid"))
            reservation.balance = reservation.currency_id.round(reservation.amount_total - reservation.amount_paid)
            reservation.deposit_due = reservation._get_open_deposit()

    def _get_deposit_due(self):
        """Return what is still to pay to confirm this booking; asked by the booking page and the desk.

        :returns: in the property's currency, never negative
        :rtype: float
        """
        self.ensure_one()
        # a guest asks for his own booking without rights on folios
        return self.sudo().deposit_due

    def _get_open_deposit(self):
        """Return the share that confirms, less what was paid."""
        if self.state not in ("draft", "held"):
            return 0.0
        percent = self._get_credit_terms()["deposit_percent"] or 0.0
        wanted = self.currency_id.round(self.amount_total * percent / 100)
        return max(self.currency_id.round(wanted - self.amount_paid), 0.0)
