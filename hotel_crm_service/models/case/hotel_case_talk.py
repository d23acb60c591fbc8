"""What guest and hotel say to each other about a case; notes among staff stay among staff."""

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.tools import consteq

#: days after the end of a case during which a word of the guest opens it again
REOPENED_WITHIN = 30


class HotelCase(models.Model):
    _inherit = "hotel.case"

    @api.model
    def _find_for_guest(self, case_id, token, user):
        """Return a case to whom it belongs, with sudo; none to all others.

        :param int case_id: as it came with the request
        :param token: the token of the link, as it came with the request
        :param res.users user: who is logged in, or the public user
        :rtype: hotel.case
        """
        # guests have no rights on cases: this is what protects them
        case = self.sudo().search_fetch([("id", "=", case_id)])
        owns = not user._is_public() and case.filtered_domain(self._get_own_domain(user.partner_id))
        knows = bool(token and case.access_token) and consteq(case.access_token, str(token))
        if not case or not (owns or knows):
            return self.sudo().browse()
        return case.with_company(case.company_id)

    @api.model
    def _get_own_domain(self, partner):
        """Return which cases a guest who is logged in sees: what came from a room may be a companion's.

        :rtype: list
        """
        return [("partner_id", "=", partner.id), ("source", "!=", "room_qr"), ("state", "!=", "merged")]

    def _get_talk(self):
        """Return what guest and hotel have said, the oldest first; no notes of staff.

        :returns: text (Markup), date, is_guest, pictures (ir.attachment)
        :rtype: list[dict]
        """
        comment_id = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        messages = self.message_ids.filtered(
            lambda message: message.subtype_id.id == comment_id and not message.is_internal
            and message.message_type in ("comment", "email")
        )  # fmt: skip
        return [
            {
                "text": message.body,
                "date": message.date,
                "is_guest": not message.author_id or message.author_id.partner_share,
                "pictures": message.attachment_ids.filtered(lambda file: file.mimetype == "image/jpeg"),
            }
            for message in messages.sorted("id")
        ]

    def _add_pictures(self, pictures):
        """Keep pictures that were made anew.

        :param list[bytes] pictures: JPEG each
        :rtype: ir.attachment
        """
        return self.env["ir.attachment"].sudo().create(
            [
                {
                    "name": self.env._("Picture %s", number) + ".jpg",
                    "raw": content,
                    "mimetype": "image/jpeg",
                    "res_model": self._name,
                    "res_id": self.id,
                }
                for number, content in enumerate(pictures, 1)
            ]
        )

    def _hear_guest(self, text, pictures=()):
        """Take down what the guest says; who waits for it goes on, and what was over is opened again.

        :param str text: plain text
        :param list[bytes] pictures: made anew, JPEG each
        """
        self.ensure_one()
        case = self.sudo()
        author = case.partner_id or self.env.ref("base.public_partner").sudo()
        body = Markup("<p>%s</p>") % Markup("<br/>").join(escape(line) for line in text.splitlines())
        case.message_post(
            body=body,
            author_id=author.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachments=[(f"{number}.jpg", content) for number, content in enumerate(pictures, 1)],
        )

    def _message_post_after_hook(self, message, msg_vals):
        """A word of the hotel is an answer; a word of the guest moves the case on."""
        result = super()._message_post_after_hook(message, msg_vals)
        is_said = message.message_type in ("comment", "email") and not message.is_internal
        if is_said and message.subtype_id == self.env.ref("mail.mt_comment"):
            # what follows from a word is not the speaker's to write
            case = self.sudo()
            if message.author_id and not message.author_id.partner_share:
                case._note_answered()
            else:
                case._go_on_after_guest()
        return result

    def _note_answered(self):
        """Note that these guests have heard from the hotel."""
        self.filtered(lambda case: not case.answered_at).write({"answered_at": fields.Datetime.now()})

    def _go_on_after_guest(self):
        """Let cases go on whose guest has said something."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=REOPENED_WITHIN)
        for case in self:
            ended = case.closed_at or case.solved_at
            if case.state == "waiting" or (case.state in ("solved", "closed") and ended and ended >= since):
                case.state = "assigned"
