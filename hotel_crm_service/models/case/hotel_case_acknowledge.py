"""Who wrote an e-mail hears at once that it has arrived: once for each case, and no program ever does."""

from markupsafe import Markup, escape

from odoo import api, fields, models

#: of one guest within a day: a program that hides what it is stops here
ACKNOWLEDGED_A_DAY = 3
#: what tells other programs not to answer (RFC 3834; the second is Microsoft's)
HEADERS = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
LANGUAGES = {"zh": "zh_CN", "en": "en_US"}


class HotelCase(models.Model):
    _inherit = "hotel.case"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        case = super().message_new(msg_dict, custom_values)
        if self.env.context.get("hotel_mail_is_answerable"):
            case._acknowledge()
        return case

    def _acknowledge(self):
        """Tell the guest that an e-mail has become a case, where its department does so.

        :returns: the message that was queued or refused, or none
        :rtype: hotel.message, with sudo
        """
        self.ensure_one()
        case, messages = self.sudo(), self.env["hotel.message"].sudo()  # the gateway has no rights of its own
        whom = case.department_id.acknowledge or "guests"
        if whom == "nobody" or not case.contact_email or (whom == "guests" and not case.partner_id):
            return messages
        guest = case._get_addressee("email").sudo()
        if case._count_acknowledged(guest) >= ACKNOWLEDGED_A_DAY:
            return messages
        case = case.with_context(lang=case._get_language(guest))
        return messages._send(
            guest, "transaction", "email", case._get_acknowledge_key(), record=case, property=case.property_id,
            **case._prepare_acknowledgement(),
        )  # fmt: skip

    def _get_acknowledge_key(self):
        """Return the occasion: a case is acknowledged once.

        :rtype: str
        """
        return f"case/{self.id}/received"

    def _count_acknowledged(self, guest):
        since = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        return self.env["hotel.message"].search_count(
            [
                ("partner_id", "=", guest.id),
                ("res_model", "=", self._name),
                ("dedupe_key", "=like", "case/%/received/%"),
                ("create_date", ">=", since),
            ]
        )

    def _get_language(self, guest):
        """Return the language of a guest, for somebody unknown that of what he or she wrote.

        :rtype: str
        """
        written = LANGUAGES.get(self.language)
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        is_unknown = guest.hotel_is_to_match and written in installed
        return (written if is_unknown else guest.lang) or self.env.lang or "en_US"

    def _prepare_acknowledgement(self):
        """Return subject and body, in the language of the environment.

        :rtype: dict
        """
        hotel, link = self.property_id.name, self._get_guest_link()
        lines = [
            self.env._("Thank you for writing to %s. Your message has arrived and is being looked after.", hotel),
            self.env._("Its number is %s. Please answer this e-mail, or use our page, to add something.", self.name),
        ]
        text = Markup("").join(Markup("<p>%s</p>") % escape(line) for line in lines)
        button = Markup('<p><a href="%s">%s</a></p>') % (link, self.env._("Read and answer on our page"))
        return {"subject": f"[{self.name}] {self.subject}", "body": text + button}
