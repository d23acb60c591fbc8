from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.hotel_crm_base import identity
from odoo.addons.hotel_crm_base.fields import ENCRYPTED_COLUMN, EncryptedChar
from odoo.addons.hotel_crm_base.models.guest.hotel_guest_document import TYPES


class HotelStayCheckinGuest(models.TransientModel):
    """One person who arrives: a guest that is known, or one who is registered by this."""

    _name = "hotel.stay.checkin.guest"
    _inherit = ["hotel.encrypted.mixin"]
    _description = "Person at the Check-In"

    checkin_id = fields.Many2one("hotel.stay.checkin", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner", string="Guest", ondelete="cascade", domain="[('is_hotel_guest', '=', True)]"
    )
    name = fields.Char(string="Full Name", help="Of somebody who is not known yet.")
    document_text = fields.Char(string="Documents", compute="_compute_document_text")
    document_type = fields.Selection(TYPES, string="New Document")
    country_id = fields.Many2one("res.country", string="Issued By")
    # typed here and kept nowhere in clear: see hotel.guest.document
    number = EncryptedChar(string="Document Number")
    number_enc = fields.Char(**ENCRYPTED_COLUMN)
    number_input = fields.Char(
        string="Number", compute="_compute_number_input", readonly=False, exportable=False
    )
    number_hint = fields.Char(string="Typed", readonly=True)

    @api.depends("partner_id")
    def _compute_document_text(self):
        for line in self:
            documents = line.partner_id.hotel_document_ids
            line.document_text = ", ".join(documents.mapped("display_name"))

    @api.depends("partner_id")
    def _compute_number_input(self):
        self.number_input = False

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        self.name = self.partner_id.name or self.name

    @api.onchange("document_type")
    def _onchange_document_type(self):
        issuer = self.env["hotel.guest.document"]._get_issuer(self.document_type)
        self.country_id = issuer or self.country_id or self.partner_id.hotel_nationality_id

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._move_input(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._move_input(vals))

    @api.model
    def _move_input(self, vals):
        """Return values in which what was typed is the encrypted number."""
        vals = dict(vals)
        typed = vals.pop("number_input", None)
        if typed and typed.strip():
            vals.update(number=typed, number_hint=identity.mask(typed.strip()))
        return vals

    def _settle(self):
        """Return these people as guests: unknown ones are registered, new documents are kept.

        :rtype: res.partner
        :raises UserError: a line without a name, or a number without its kind
        """
        guests = self.env["res.partner"]
        for line in self:
            guest = line.partner_id or line._register_guest()
            line._keep_document(guest)
            guests |= guest
        return guests

    def _register_guest(self):
        name = " ".join((self.name or "").split())
        if not name:
            raise UserError(self.env._("Name everybody who arrives."))
        company = self.checkin_id.stay_id.partner_id.company_id
        guest_id = self.env["res.partner"].hotel_register_guest({"name": name})
        guest = self.env["res.partner"].browse(guest_id)
        if company and not guest.company_id:
            guest.company_id = company
        return guest

    def _keep_document(self, guest):
        """Keep a document that was typed in; the same number of the same guest is not kept twice.

        :param res.partner guest: whose it is
        """
        with self.env["hotel.data.key"]._user_errors():
            number = self._fields["number"].reveal(self)
        if not number:
            return
        if not self.document_type:
            raise UserError(self.env._("Say what kind of document it is."))
        documents = self.env["hotel.guest.document"]
        known = documents.sudo().search([("partner_id", "=", guest.id), ("number", "=", number)], limit=1)
        if not known:
            documents.create(
                {
                    "partner_id": guest.id,
                    "document_type": self.document_type,
                    "country_id": self.country_id.id,
                    "number": number,
                }
            )
