"""Reading what the number of an identity document tells about its guest."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.hotel_crm_base import identity, vault

from .identity_messages import MESSAGES


class HotelDocumentReading(models.AbstractModel):
    """Part of hotel.guest.document: numbers are checked, fill the guest's page and are compared."""

    _name = "hotel.document.reading"
    _description = "Reading of Documents"

    number_warning = fields.Char(compute="_compute_number_warning")

    @api.depends(
        "number_hint", "document_type", "partner_id.hotel_birth_date", "partner_id.hotel_gender"
    )
    def _compute_number_warning(self):
        for document in self:
            facts = document.id and document._get_facts()
            document.number_warning = facts and document._compare(facts)

    @api.onchange("number_input", "document_type", "country_id")
    def _onchange_number_input(self):
        country = self._get_issuer(self.document_type)
        self.country_id = country or self.country_id
        if not self.number_input:
            return None
        try:
            facts = self._read_number(self.document_type, self.number_input, self.country_id)
        except ValidationError as error:
            return {"warning": {"title": self.env._("Please check"), "message": str(error)}}
        warning = self._compare(facts)
        if warning:
            return {"warning": {"title": self.env._("Please check"), "message": warning}}
        return None

    @api.model
    def _get_issuer(self, kind):
        """The only country that issues this kind of document; none where it varies."""
        code = identity.issuer(kind)
        return self.env.ref(f"base.{code.lower()}") if code else self.env["res.country"]

    @api.model
    def _read_number(self, kind, number, country):
        """Read a number as that of a kind of document.

        :rtype: identity.Facts
        :raise ValidationError: no such document bears this number
        """
        try:
            return identity.check(kind, number, country.code, fields.Date.context_today(self))
        except identity.IdentityError as error:
            raise ValidationError(self.env._(MESSAGES[error.code])) from None

    @api.model
    def _prepare_number_vals(self, kind, number, country):
        facts = self._read_number(kind, number, country)
        return {"number": facts.number, "number_hint": identity.mask(facts.number)}

    def _after_number_change(self):
        """Fill what the guest's page lacks and the number tells."""
        for document in self:
            facts = document._get_facts()
            guest = document.partner_id
            vals = {}
            if facts and facts.birth_date and not guest.hotel_birth_date:
                vals["hotel_birth_date"] = facts.birth_date
            if facts and facts.gender and not guest.hotel_gender:
                vals["hotel_gender"] = facts.gender
            if vals:
                # who may write the document may note what it says
                guest.sudo().write(vals)

    def _get_facts(self):
        """Read birth date and gender from the stored number; None where it tells neither.

        :rtype: identity.Facts | None
        """
        if self.document_type not in ("cn_id", "cn_residence", "cn_permanent"):
            return None
        try:
            number = self._fields["number"].reveal(self._origin)
            return number and identity.check(self.document_type, number)
        except (ValueError, vault.VaultError):
            return None  # a missing key stops no other work on the guest

    def _compare(self, facts):
        """Say where the number contradicts what is known of the guest; False where it does not."""
        guest = self.partner_id
        texts = []
        if facts.birth_date and guest.hotel_birth_date not in (False, facts.birth_date):
            texts.append(self.env._("The birth date in the number is not the guest's."))
        if facts.gender and guest.hotel_gender not in (False, "other", facts.gender):
            texts.append(self.env._("The gender in the number is not the guest's."))
        return " ".join(texts) or False
