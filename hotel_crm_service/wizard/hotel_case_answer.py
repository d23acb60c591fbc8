from odoo import api, fields, models

from ..models.case.hotel_case_answer import CHANNELS


class HotelCaseAnswer(models.TransientModel):
    """What somebody of the hotel says to the guest of a case."""

    _name = "hotel.case.answer"
    _description = "Answer a Case"

    case_id = fields.Many2one("hotel.case", required=True, readonly=True, ondelete="cascade")
    channel = fields.Selection(CHANNELS, required=True, compute="_compute_channel", store=True, readonly=False)
    text = fields.Text(string="Answer", required=True)
    next_state = fields.Selection(
        [("keep", "We go on"), ("waiting", "We wait for the guest"), ("solved", "It is solved")],
        string="Then",
        required=True,
        default="keep",
    )

    @api.depends("case_id")
    def _compute_channel(self):
        for wizard in self:
            wizard.channel = wizard.case_id._get_channel() if wizard.case_id else "page"

    def action_send(self):
        """Send the answer. Callable by staff who may write the case.

        :rtype: dict: action
        :raises AccessError: the case is another's
        :raises UserError: no text, or no address
        """
        self.ensure_one()
        case = self.case_id
        message = case._answer(self.text, self.channel)
        if self.next_state != "keep" and case.state != self.next_state:
            case.state = self.next_state
        elif case.state == "new":
            case.action_take()
        if message.state == "refused":
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "type": "warning",
                    "sticky": True,
                    "message": self.env._("It stands on the page, and did not go out: %s", message.reason),
                    "next": {"type": "ir.actions.act_window_close"},
                },
            }
        return {"type": "ir.actions.act_window_close"}
