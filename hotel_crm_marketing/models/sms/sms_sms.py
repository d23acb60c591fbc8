from odoo import models


class SmsSms(models.Model):
    _inherit = "sms.sms"

    def _handle_call_result_hook(self, results):
        """Keep what each SMS is called and what it costs before it is deleted."""
        costs = {result["uuid"]: result.get("credit") for result in results}
        messages = self.env["hotel.message"].sudo().search([("sms_id", "in", self.ids)])
        for message in messages:
            uuid = message.sms_id.uuid
            message.write({"sms_uuid": uuid, "sms_cost": costs.get(uuid) or 0.0})
        return super()._handle_call_result_hook(results)
