from odoo import api, fields, models
from odoo.exceptions import AccessError

from .. import guards


class HotelStayCheckout(models.TransientModel):
    """The last look at the bill before a guest leaves: what is on it, what is paid, what is open."""

    _name = "hotel.stay.checkout"
    _description = "Check Out"

    stay_id = fields.Many2one("hotel.stay", required=True, readonly=True)
    currency_id = fields.Many2one(related="stay_id.currency_id")
    folio_ids = fields.Many2many("sale.order", string="Folios", compute="_compute_folios")
    amount_due = fields.Monetary(
        string="To Pay", compute="_compute_folios", help="Of guests who leave; billed later or not."
    )
    journal = fields.Selection(lambda self: self.env["hotel.folio.payment"]._get_journals(), string="Paid By")
    is_override = fields.Boolean(string="Leave with an Open Balance", help="Managers only; it is noted.")
    reason = fields.Char()

    @api.depends("stay_id")
    def _compute_folios(self):
        for wizard in self:
            stay = wizard.stay_id
            # as of now: nights slept until today are on the bill
            folios = stay._get_folios() if stay else self.env["sale.order"]
            wizard.folio_ids = folios.sudo(False)
            wizard.amount_due = sum(max(folio._get_due_of_leaving(stay), 0.0) for folio in folios)

    @api.model_create_multi
    def create(self, vals_list):
        """Let the nights that were slept be on the bill first."""
        wizards = super().create(vals_list)
        for wizard in wizards:
            wizard._check_rights()
            wizard.stay_id._post_nights(wizard.stay_id.property_id.business_date)
        return wizards

    def action_pay(self):
        """Take what is open on each folio that is not billed later. Callable by front office.

        :raises AccessError: another role, or a stay of another property
        """
        self.ensure_one()
        self._check_rights()
        # the desk has no rights on journals; which one fits is checked with the payment
        journal = self.env["account.journal"].sudo().browse(int(self.journal or 0))
        for folio in self.stay_id._get_folios():
            due = folio._get_due_of_leaving(self.stay_id)
            if folio.currency_id.compare_amounts(due, 0) > 0 and not folio._is_bill_allowed():
                folio._take_payment(due, journal)
        return self._reopen()

    def action_check_out(self):
        """End the stay: charge, invoice, consumption. Callable by front office; managers leave balances open.

        :raises AccessError: another role, or an open balance that no manager allows
        :raises UserError: something is left to pay
        """
        self.ensure_one()
        self._check_rights()
        stay = self.stay_id
        if self.is_override:
            if not self.env.user.has_group("hotel_crm_base.group_manager"):
                raise AccessError(self.env._("Only managers let guests leave with an open balance."))
            stay.reservation_id.sudo().message_post(  # the note is kept whatever the rights on messages
                body=self.env._(
                    "Checked out with %(amount)s open. %(reason)s",
                    amount=self.currency_id.format(self.amount_due),
                    reason=self.reason or "",
                )
            )
            stay = stay.with_context(**{guards.OPEN_BALANCE.key: guards.OPEN_BALANCE})
        stay.action_check_out()
        return {"type": "ir.actions.act_window_close"}

    def _check_rights(self):
        """Refuse those who may not check this guest out."""
        self.stay_id.check_access("write")
        self.stay_id.reservation_id.folio_ids._check_cashier()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self._description,
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "new",
        }
