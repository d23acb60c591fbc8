from odoo import api, fields, models
from odoo.tools import split_every


class HotelMessageContent(models.Model):
    """What one or many messages say, kept once: a template, or a subject and a body.

    A template is filled in for each guest when the message leaves, in the guest's language.
    """

    _name = "hotel.message.content"
    _description = "Content of Messages"
    _order = "id desc"
    _rec_name = "subject"

    subject = fields.Char(readonly=True)
    body = fields.Text(readonly=True, help="Ready HTML for e-mails, plain text for SMS.")
    mail_template_id = fields.Many2one("mail.template", readonly=True, ondelete="set null")
    sms_template_id = fields.Many2one("sms.template", readonly=True, ondelete="set null")
    attachment_ids = fields.Many2many("ir.attachment", readonly=True)
    message_ids = fields.One2many("hotel.message", "content_id", string="Messages")

    def unlink(self):
        files = self.attachment_ids
        result = super().unlink()
        files.unlink()
        return result

    @api.model
    def _make(self, channel, subject="", body="", template=None, attachments=()):
        """Keep what is to be said.

        :param str channel: email or sms
        :param subject: of an e-mail without a template
        :param body: Markup for HTML, else text that is escaped
        :param template: mail.template or sms.template record, or its XML id
        :param attachments: (name, bytes) each, or (name, bytes, mimetype)
        :rtype: hotel.message.content
        """
        if isinstance(template, str):
            template = self.env.ref(template)
        values = {"subject": subject, "body": self._as_text(channel, body)}
        if template:
            values[f"{'mail' if channel == 'email' else 'sms'}_template_id"] = template.id
        content = self.create(values)
        if attachments:
            content.attachment_ids = self.env["ir.attachment"].create(
                [
                    {
                        "name": name,
                        "raw": data,
                        "res_model": self._name,
                        "res_id": content.id,
                        **({"mimetype": kind[0]} if kind else {}),
                    }
                    for name, data, *kind in attachments
                ]
            )
        return content

    @api.model
    def _as_text(self, channel, body):
        """Return a body as it is kept: HTML for e-mails, text for SMS."""
        if channel == "email" and body and not hasattr(body, "__html__"):
            return self.env["ir.qweb"]._render("hotel_crm_base.message_text", {"lines": body.splitlines()})
        return body or ""

    def _get_template(self):
        """Return the template, or an empty record where there is none.

        :rtype: mail.template | sms.template
        """
        return self.mail_template_id or self.sms_template_id

    @api.model
    def _gc_contents(self, limit=5000):
        """Delete contents that no message has any more."""
        unused = self.search([("message_ids", "=", False)], limit=limit)
        for ids in split_every(500, unused.ids):
            self.browse(ids).unlink()
