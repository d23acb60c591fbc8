from odoo import fields, models

from odoo.addons.hotel_crm_service.models.follow.hotel_follow_up import RESULTS


class HotelCallResult(models.Model):
    """What came out of a call, in the agent's words: a code to choose."""

    _name = "hotel.call.result"
    _description = "Result of a Call"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_booking = fields.Boolean(string="Counts as Booking", help="For the share of calls that become bookings.")
    is_lost = fields.Boolean(string="Counts as Lost", help="The guest wanted to book and did not.")
    follow_up_result = fields.Selection(
        RESULTS, string="Closes a Follow-Up as", help="Offered in calls that carry out a follow-up, and closes it."
    )
    is_callback = fields.Boolean(string="Call Again", help="Plans a call back on the next day.")
