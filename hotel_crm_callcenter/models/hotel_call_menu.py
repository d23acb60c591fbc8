"""What the bridge is to do next in a call."""

from odoo import models


class HotelCall(models.Model):
    _inherit = "hotel.call"

    def _answer_step(self, step):
        """Return the next actions of a call.

        :param contract.Step step: what the guest did
        :rtype: dict: node, lang, slots, actions
        """
        self.ensure_one()
        return {"node": "person", "lang": "", "slots": {}, "actions": self._prepare_person(step)}

    def _prepare_person(self, step):
        """Pass the caller to a person; where nobody answers, promise to call back."""
        transfer = self.queue_id._prepare_transfer() if self.queue_id and step.kind != "transfer_failed" else None
        return [{"transfer": transfer}] if transfer else [{"hangup": {}}]
