"""Saying no without a login: a link in each message of care leads to the guest's own choices."""

from odoo import models
from odoo.tools import consteq, hmac

#: purposes that a guest may say no to here
PURPOSES = ("offer", "greeting", "survey", "loyalty")


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_hotel_choice_token(self):
        """Return what proves that whoever opens the link got it by a message to this guest.

        :rtype: str
        """
        self.ensure_one()
        return hmac(self.env(su=True), "hotel_choice", (self.id, self.email_normalized or self.phone_sanitized or ""))

    def _get_hotel_choice_url(self):
        """Return the link to the guest's choices; for messages to this guest only.

        :rtype: str
        """
        return f"{self.get_base_url()}/hotel/messages/{self.id}/{self._get_hotel_choice_token()}"

    def _find_hotel_choice(self, partner_id, token):
        """Return the guest of a link, with sudo; none where the link is wrong or the address has changed.

        :rtype: res.partner
        """
        guest = self.sudo().browse(partner_id).exists()
        if not guest or not guest.is_hotel_guest or not consteq(guest._get_hotel_choice_token(), token):
            return self.browse()
        return guest

    def _get_hotel_choices(self):
        """Return the purposes that messages may have, and whether the guest has agreed on any channel. With sudo.

        :rtype: list[tuple[str, str, bool]]
        """
        self.ensure_one()
        labels = dict(self.env["hotel.consent"]._fields["purpose"]._description_selection(self.env))
        return [
            (
                purpose,
                labels[purpose],
                bool(self._has_hotel_consent(purpose, "email") or self._has_hotel_consent(purpose, "sms")),
            )
            for purpose in PURPOSES
        ]

    def _withdraw_hotel_choices(self, purposes):
        """Record that the guest wants no more messages of some purposes, on any channel. With sudo.

        :param purposes: codes; those that there are none of are ignored
        """
        self.ensure_one()
        for purpose in PURPOSES:
            if purpose in purposes:
                for channel in ("any", "email", "sms"):
                    self.hotel_record_consent(purpose, channel, "withdrawn", source="web", proof="/hotel/messages")
