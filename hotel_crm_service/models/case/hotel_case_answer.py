"""An answer of the hotel: on the page of the case, and by e-mail or SMS through the gate of all messages."""

from markupsafe import Markup, escape

from odoo import models
from odoo.exceptions import UserError

CHANNELS = [("email", "E-Mail"), ("sms", "SMS"), ("page", "Page of the Case Only")]


class HotelCase(models.Model):
    _inherit = "hotel.case"

    def _get_channel(self):
        """Return how the guest is best answered: by e-mail where there is an address, else SMS, else the page.

        :rtype: str
        """
        self.ensure_one()
        # the address is asked for, not shown
        guest = self.sudo().partner_id
        if guest.email_normalized or (not guest and self.contact_email):
            return "email"
        if guest.phone_sanitized or (not guest and self.contact_phone):
            return "sms"
        return "page"

    def _answer(self, text, channel):
        """Say something to the guest; it stands on the page of the case, and goes out by a channel.

        :param str text: plain text
        :param str channel: a key of CHANNELS
        :returns: the message that was queued or refused, none for the page
        :rtype: hotel.message, with sudo
        :raises AccessError: the user may not write the case
        :raises UserError: no text, or nowhere to send it
        """
        self.ensure_one()
        self.check_access("write")
        if not (text or "").strip():
            raise UserError(self.env._("Write an answer."))
        if self.state == "merged":
            raise UserError(self.env._("Answer the case that this one was merged into."))
        body = Markup("<p>%s</p>") % Markup("<br/>").join(escape(line) for line in text.strip().splitlines())
        # nobody who follows the case is mailed what he or she sees on the board
        word = self.with_context(mail_notify_force_send=False).message_post(
            body=body, message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        if channel == "page":
            return self.env["hotel.message"].sudo()
        return self._send_answer(word, text.strip(), body, channel)

    def _send_answer(self, word, text, body, channel):
        """Queue an answer.

        :param mail.message word: what was said, as it stands in the thread
        """
        guest = self._get_addressee(channel).sudo()
        case = self.sudo().with_context(lang=guest.lang or self.env.lang)
        link = case._get_guest_link()
        if channel == "sms":
            content = {"body": f"{text} {link}"}
        else:
            button = Markup('<p><a href="%s">%s</a></p>') % (link, case.env._("Read and answer on our page"))
            content = {"subject": f"[{case.name}] {case.subject}", "body": body + button}
        key = f"case/{case.id}/answer/{word.id}"
        return self.env["hotel.message"]._send(
            guest, "transaction", channel, key, record=case, property=case.property_id, **content
        )

    def _message_get_suggested_recipients_batch(self, *args, **kwargs):
        """What is written below a case stands on its page; what leaves the house goes through the gate: 'Answer'."""
        return {case_id: [] for case_id in self.ids}

    def _get_guest_link(self):
        """Return the address of the guest's page of this case, with its token.

        :rtype: str
        """
        return f"{self.get_base_url()}{self.get_portal_url()}"

    def _get_addressee(self, channel):
        """Return the guest; somebody unknown becomes a guest who is to be matched with those known.

        :rtype: res.partner
        :raises UserError: there is no address
        """
        address = "email" if channel == "email" else "phone"
        if not self.partner_id:
            if not self[f"contact_{address}"]:
                raise UserError(self.env._("There is no address to send it to."))
            # who answers cases need not register guests; it is matched at the desk
            self.partner_id = self.env["res.partner"].sudo().create(self._prepare_contact_vals())
        if not self.partner_id[address]:
            raise UserError(self.env._("There is no address to send it to."))
        return self.partner_id

    def _prepare_contact_vals(self):
        """Return the values of a guest whom only this case knows.

        :rtype: dict
        """
        return {
            "name": self.contact_name or self.contact_email or self.contact_phone,
            "email": self.contact_email,
            "phone": self.contact_phone,
            "is_hotel_guest": True,
            "hotel_is_to_match": True,
            "company_id": False,
        }
