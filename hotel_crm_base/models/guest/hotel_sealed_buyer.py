"""What the law wants to be kept of invoices when a guest is erased: the buyer, sealed until the time is over."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.hotel_crm_base.fields import ENCRYPTED_COLUMN, EncryptedChar

YEARS_PARAMETER = "hotel_crm_base.invoice_years"
YEARS_DEFAULT = 10


class HotelSealedBuyer(models.Model):
    """Name and address of the buyer of one invoice, encrypted, for those who must show it to an authority."""

    _name = "hotel.sealed.buyer"
    _inherit = ["hotel.encrypted.mixin"]
    _description = "Sealed Buyer of an Invoice"
    _rec_name = "move_id"

    move_id = fields.Many2one("account.move", string="Invoice", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="move_id.company_id", store=True, index=True)
    buyer = EncryptedChar(string="Buyer")
    buyer_enc = fields.Char(**ENCRYPTED_COLUMN)
    until_date = fields.Date(string="Kept Until", required=True, readonly=True, index=True)

    @api.model
    def _seal(self, guests):
        """Seal the buyers of the guests' invoices that the law wants to be kept.

        :param res.partner guests: with sudo, before they are erased
        :raises UserError: there are such invoices, and no key to encrypt with
        """
        years = self.env["ir.config_parameter"].sudo().get_param(YEARS_PARAMETER) or ""
        kept = relativedelta(years=int(years) if years.isdecimal() else YEARS_DEFAULT)
        today = fields.Date.today()
        moves = self.env["account.move"].sudo()
        moves = moves.search(
            [
                ("partner_id", "in", guests.ids),
                ("state", "=", "posted"),
                ("move_type", "in", moves.get_sale_types(include_receipts=True)),
                ("invoice_date", ">=", today - kept),
            ]
        )
        if not moves:
            return
        field = self._fields["buyer"]
        with self.env["hotel.data.key"]._user_errors():
            ring = self.env["hotel.data.key"]._get_keyring()
            self.sudo().create(
                [
                    {
                        "move_id": move.id,
                        "until_date": move.invoice_date + kept,
                        **field.prepare_columns(self, ring, self._describe(move.partner_id)),
                    }
                    for move in moves
                ]
            )

    @api.model
    def _describe(self, partner):
        parts = [partner.name, partner.street, partner.street2, partner.zip, partner.city, partner.country_id.name]
        return ", ".join(filter(None, [*parts, partner.vat]))

    def action_show(self):
        """Show the buyer of an invoice. Callable by finance with the right to read identity numbers; it is logged.

        :rtype: dict: an action that shows it
        :raises AccessError: for others
        """
        self.ensure_one()
        self.check_access("read")
        user = self.env.user
        if not (user.has_group("hotel_crm_base.group_finance") and user.has_group("hotel_crm_base.group_identity")):
            raise AccessError(self.env._("Finance with the right to read identity numbers sees sealed buyers."))
        self.env["hotel.access.log"]._log("identity", self.sudo().move_id.partner_id.ids, ["buyer"])
        with self.env["hotel.data.key"]._user_errors():
            text = self._fields["buyer"].reveal(self)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"title": self.move_id.name, "message": text, "sticky": True, "type": "info"},
        }

    def _before_index_clash(self, field):
        """There is no index: buyers are looked for by their invoice."""

    @api.autovacuum
    def _gc_old(self):
        """Delete buyers whose time is over."""
        old = self.sudo().search([("until_date", "<", fields.Date.today())], limit=10000)
        old.unlink()
        return len(old), len(old) == 10000
