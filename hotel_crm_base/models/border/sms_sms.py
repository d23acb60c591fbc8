"""SMS of the message gate, and a queue that survives two companies."""

from odoo import api, fields, models


class SmsSms(models.Model):
    _inherit = "sms.sms"

    hotel_message_ids = fields.One2many("hotel.message", "sms_id", string="Hotel Messages")

    @api.model
    def _process_queue(self):
        """Send what is queued, company by company.

        Odoo's own sends all at once with the account of the one company they belong to, and stops
        for good where they belong to two.
        """
        domain = [("state", "=", "outgoing"), ("to_delete", "!=", True)]
        batch = self._get_send_batch_size()
        records = self.search(domain, limit=batch, order="id").try_lock_for_update()
        if not records:
            return
        for company, texts in records.grouped(lambda sms: sms._get_sms_company()[:1]).items():
            texts.with_company(company)._send(unlink_failed=False, unlink_sent=True, raise_exception=False)
        left = self.search_count(domain) if len(records) == batch else 0
        self.env["ir.cron"]._commit_progress(len(records), remaining=left)

    def _get_sms_company(self):
        # whoever sends them: the gate knows for whom it speaks
        messages = self.sudo().hotel_message_ids
        return messages.company_id or super()._get_sms_company()

    def _handle_call_result_hook(self, results):
        result = super()._handle_call_result_hook(results)
        messages = self.env["hotel.message"].sudo().search([("sms_id", "in", self.ids), ("state", "=", "sending")])
        failures = messages.grouped(lambda message: message.sms_id.state == "error" and message.sms_id.failure_type)
        for failure, found in failures.items():
            found._note_result(failure or None)
        return result
