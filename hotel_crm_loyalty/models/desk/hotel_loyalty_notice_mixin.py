from odoo import models


class HotelLoyaltyNoticeMixin(models.AbstractModel):
    """Records that a member is told about, once each, through the gate of all messages."""

    _name = "hotel.loyalty.notice.mixin"
    _description = "Notice to a Member"

    def _tell_member(self, kind):
        """Queue a message to the member of each of these records.

        :param str kind: names the templates ``mail_template_loyalty_<kind>`` and ``sms_template_loyalty_<kind>``
        :rtype: hotel.message
        """
        messages = self.env["hotel.message"].sudo()
        # members and their addresses are no business of whoever decides
        for record in self.sudo():
            guest = record.card_id.partner_id
            if not guest:
                continue
            channel = self._get_notice_channel(guest)
            prefix = "mail" if channel == "email" else "sms"
            template = self.env.ref(f"hotel_crm_loyalty.{prefix}_template_loyalty_{kind}", raise_if_not_found=False)
            messages |= self.env["hotel.message"]._send(
                guest,
                "transaction",
                channel,
                f"loyalty/{self._name}/{record.id}/{kind}",
                template=template,
                record=record,
                property=record.property_id or None,
                company=record.card_id.company_id or self.env.company,
            )
        return messages

    def _get_notice_channel(self, guest):
        """Return how a guest is told: by e-mail where there is a living address, else by SMS."""
        limit = self.env["hotel.message"]._get_bounce_limit()
        if guest.email_normalized and guest.message_bounce < limit:
            return "email"
        return "sms" if guest.phone_sanitized else "email"
