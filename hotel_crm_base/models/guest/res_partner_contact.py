"""Telephone numbers and e-mail addresses of guests are checked and kept in one form."""

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

from ... import contact, guards

_lt = LazyTranslate(__name__)

CONTACT_FIELDS = ("phone", "email")

# the sentences of contact.MESSAGES, for translation
MESSAGES = {
    "phone_signs": _lt("“%(value)s” is not a phone number: it may hold digits, spaces and a + only."),
    "phone_country": _lt(
        "“%(value)s” does not say its country: choose one, or begin with + and the country code."
    ),
    "phone_code": _lt("“%(value)s” begins with a country code that no country has."),
    "phone_short": _lt("The phone number “%(value)s” is too short: some digits are missing."),
    "phone_long": _lt(
        "The phone number “%(value)s” has too many digits. One from another country begins with +"
        " and the country code."
    ),
    "phone_unknown": _lt(
        "“%(value)s” is not a phone number that exists in its country. Is it from another one?"
        " Then choose that country, or begin with + and the country code."
    ),
    "phone_extension": _lt(
        "Please note the extension in “%(value)s” elsewhere and keep the number itself here."
    ),
    "email_many": _lt("Please keep one e-mail address here: “%(value)s” holds several."),
    "email_at": _lt(
        "The e-mail address “%(value)s” needs one @ between name and domain, as in name@example.com."
    ),
    "email_domain": _lt(
        "The e-mail address “%(value)s” ends in something that is not a domain such as example.com."
    ),
    "email_wrong": _lt(
        "The e-mail address “%(value)s” cannot exist as it is written. Please read it again."
    ),
}


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        """Check and rewrite the contact data of guests; the bulk path has done so already."""
        if guards.is_given(self.env.context, guards.BULK):
            return super().create(vals_list)
        default = self.env.context.get("default_is_hotel_guest")
        vals_list = [
            self._prepare_hotel_contact_vals(vals)
            if vals.get("is_hotel_guest", default) and not guards.is_given(self.env.context, guards.BULK)
            else vals
            for vals in vals_list
        ]
        return super().create(vals_list)

    def write(self, vals):
        """Check and rewrite contact data that changes; what was stored before is let alone."""
        guests = self.browse()
        if any(vals.get(name) for name in CONTACT_FIELDS) and not guards.is_given(self.env.context, guards.BULK):
            guests = self.filtered("is_hotel_guest") if not vals.get("is_hotel_guest") else self
        if not guests:
            return super().write(vals)
        if others := self - guests:
            super(ResPartner, others).write(vals)
        for guest in guests:
            super(ResPartner, guest).write(guest._prepare_hotel_contact_vals(vals))
        return True

    @api.onchange("phone", "country_id", "company_id")
    def _onchange_phone_validation(self):
        """Show a guest's number as it will be stored, once it can be read."""
        if not self.is_hotel_guest:
            return super()._onchange_phone_validation()
        if self.phone and self.phone != self._origin.phone:
            try:
                self.phone = contact.normalise_phone(self.phone, self._get_hotel_region({}))
            except contact.ContactError as error:
                return {
                    "warning": {
                        "title": self.env._("Please check"),
                        "message": self._explain_hotel_contact(error),
                        "type": "notification",
                    }
                }
        return None

    def _prepare_hotel_contact_vals(self, vals):
        """Return values with phone and e-mail in the form in which they are stored.

        :param dict vals: values about to be written on this guest, or on a new one
        :rtype: dict
        :raise ValidationError: phone or e-mail cannot be right
        """
        changed = {}
        for name in CONTACT_FIELDS:
            typed = vals.get(name)
            if not typed or (self and typed == self[name]):
                continue
            changed[name] = self._normalise_hotel_contact(name, typed, self._get_hotel_region(vals))
        return {**vals, **changed}

    @api.model
    def _normalise_hotel_contact(self, name, typed, region):
        """Return a phone number in E.164, or an e-mail address, or False where there is none.

        :param str name: phone or email
        :param str typed: what somebody typed
        :param region: ISO code of the country of numbers without one, or False
        :raise ValidationError: it cannot be right; the sentence says why
        """
        try:
            if name == "phone":
                return contact.normalise_phone(typed, region or None) or False
            return contact.normalise_email(typed) or False
        except contact.ContactError as error:
            raise ValidationError(self._explain_hotel_contact(error)) from None

    @api.model
    def _explain_hotel_contact(self, error):
        """Return a sentence for the user.

        :param contact.ContactError error: what is wrong
        :rtype: str
        """
        sentence = self.env._(MESSAGES[error.code])
        return sentence % {"value": error.value}

    def _get_hotel_region(self, vals):
        """Return the country whose numbers are written without a country code.

        The guest's own; else that of the hotel the user works at; else the company's.

        :param dict vals: values about to be written, which go before the stored ones
        :returns: ISO code, or False
        """
        country = self.env["res.country"].browse(vals.get("country_id") or self[:1].country_id.id)
        if not country:
            country = self.env.user._get_hotel_property().sudo().country_id or self.env.company.country_id
        return country.code
