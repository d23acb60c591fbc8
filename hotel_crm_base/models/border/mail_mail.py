from odoo import models


class MailMail(models.Model):
    """E-mails of the message gate tell it what became of them."""

    _inherit = "mail.mail"

    def _postprocess_sent_message(self, success_pids, success_emails, failure_reason=False, failure_type=None):
        # whoever runs the queue; and before the e-mail is deleted
        messages = self.env["hotel.message"].sudo().search([("mail_id", "in", self.ids), ("state", "=", "sending")])
        result = super()._postprocess_sent_message(success_pids, success_emails, failure_reason, failure_type)
        if messages:
            messages._note_result(failure_type)
        return result
