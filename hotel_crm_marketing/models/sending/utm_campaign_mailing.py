"""Odoo's mailings carry the messages of activities: their traces say who opened and clicked."""

from odoo import models


class UtmCampaign(models.Model):
    _inherit = "utm.campaign"

    def _get_hotel_content(self, member):
        """Return the body that marketing wrote, in the guest's language.

        :rtype: Markup
        """
        lang = member.partner_id.lang or self.env.lang
        campaign = self.with_context(lang=lang)
        return campaign.hotel_mail_body or campaign.hotel_description or ""

    def _get_hotel_subject(self, lang, variant):
        """Return the subject in a language: that of the variant, or of the winner.

        :rtype: str
        """
        campaign = self.with_context(lang=lang)
        chosen = variant or self.hotel_winner
        return (campaign.hotel_mail_subject_b if chosen == "b" else campaign.hotel_mail_subject) or self.title

    def _get_hotel_mailing(self, channel, lang, variant, shard=0):
        """Return the mailing for guests of one language and variant, a new one where there is none. With sudo.

        :param str channel: email or sms
        :param int shard: part of the audience: a mailing reads all its traces for each of its batches
        :rtype: mailing.mailing
        """
        self.ensure_one()
        name = f"{self.name} / {channel} / {lang} / {variant or self.hotel_winner or '-'} / {shard}"
        mailings = self.env["mailing.mailing"].sudo()
        kind = "mail" if channel == "email" else "sms"
        found = mailings.search(
            [("campaign_id", "=", self.id), ("name", "=", name), ("mailing_type", "=", kind)], limit=1
        )
        if found:
            return found
        sender = self._get_hotel_speaker().partner_id or self.hotel_company_id.partner_id
        values = {
            "name": name,
            "subject": self._get_hotel_subject(lang, variant) if kind == "mail" else self.title,
            "campaign_id": self.id,
            "mailing_type": kind,
            "mailing_model_id": self.env["ir.model"]._get_id("hotel.campaign.member"),
            "mailing_domain": repr([("campaign_id", "=", self.id)]),
            "user_id": self.user_id.id,
            "medium_id": self.env.ref("hotel_crm_marketing.utm_medium_campaign").id,
        }
        if kind == "mail":
            # the words of marketing are no template: nothing of them is executed
            values |= {
                "body_html": '<div><t t-out="object._get_mail_body()"/></div>',
                "body_arch": '<div><t t-out="object._get_mail_body()"/></div>',
                "email_from": sender.email_formatted or self.env.company.email_formatted,
                "reply_to": sender.email_formatted or self.env.company.email_formatted,
                "reply_to_mode": "new",
            }
        else:
            values |= {"body_plaintext": "{{ object._get_sms_text() }}", "sms_allow_unsubscribe": True}
        return mailings.create(values)
