"""What the SMS gateway says of messages: cost, and whether they arrived."""

from odoo import api, fields, models

from odoo.addons.hotel_crm_base.models.border.message_options import DEAD_NUMBERS


class HotelMessage(models.Model):
    _inherit = "hotel.message"

    sms_uuid = fields.Char(readonly=True, index="btree_not_null", help="What the gateway calls the SMS.")
    sms_cost = fields.Float(string="Cost of the SMS", readonly=True, digits=(16, 4))
    delivered_at = fields.Datetime(readonly=True, help="As the SMS gateway reports.")

    @api.model
    def _note_report(self, company, uuid, status, error):
        """Note what a gateway reports of an SMS; the same report twice changes nothing.

        :param res.company company: whose gateway it is: of others' SMS it may say nothing
        :param str status: delivered or failed
        :param str error: what the gateway says is wrong
        :returns: whether there is such an SMS
        :rtype: bool
        """
        tracker = self.env["sms.tracker"].search([("sms_uuid", "=", uuid)])
        message = self.search([("sms_uuid", "=", uuid), ("company_id", "=", company.id)], limit=1)
        if not message:
            return False
        if status == "delivered":
            if not message.delivered_at:
                message.delivered_at = fields.Datetime.now()
                tracker._action_update_from_sms_state("sent")
        elif message.state in ("sent", "sending"):
            # it was accepted and did not arrive: another SMS would not arrive either
            failure = "sms_invalid_destination" if error == "invalid_number" else "sms_not_delivered"
            message.write({"state": "failed", "reason_code": failure})
            if failure in DEAD_NUMBERS:
                message.partner_id.hotel_sms_bounces += 1
            tracker._action_update_from_sms_state("error", failure_type=failure)
        return True
