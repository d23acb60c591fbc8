"""Mailings that somebody makes by hand in Odoo: guests among their recipients pass the gate too."""

from odoo import models


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _get_remaining_recipients(self):
        """Leave out guests to whom the gate says no: no consent, an opt-out, a block, too many messages."""
        ids = super()._get_remaining_recipients()
        if self.mailing_model_real == "hotel.campaign.member":
            return ids  # the gate was asked for each of them
        return self._leave_out_refused_guests(ids)

    def _leave_out_refused_guests(self, ids):
        """Return those of some records whose guest may be written to; records of others stay.

        :param list[int] ids: of the model of the mailing
        :rtype: list[int]
        """
        if not ids:
            return ids
        found = self.env[self.mailing_model_real].browse(ids)._mail_get_partners()
        guests = self.env["res.partner"].union(*found.values()).filtered("is_hotel_guest")
        channel = "email" if self.mailing_type == "mail" else "sms"
        company = self.user_id.company_id or self.env.company
        refused = set(self.env["hotel.message"]._query_refusals(guests, "offer", channel, company))
        return [record_id for record_id in ids if not (found[record_id] and set(found[record_id].ids) <= refused)]
