from odoo import fields, models


class HotelCallNumber(models.Model):
    """One telephone number that guests dial, and where its calls go."""

    _name = "hotel.call.number"
    _description = "Telephone Number"
    _order = "exchange_id, number"
    _rec_name = "number"
    _check_company_auto = True

    exchange_id = fields.Many2one("hotel.call.exchange", required=True, index=True, ondelete="cascade")
    number = fields.Char(required=True, help="As the exchange sends it: +8657112345678, or an extension such as 5000.")
    active = fields.Boolean(default=True)
    property_id = fields.Many2one("hotel.property", required=True, index=True, check_company=True)
    company_id = fields.Many2one(related="exchange_id.company_id", store=True, index=True)
    queue_id = fields.Many2one("hotel.call.queue", check_company=True)
    flow_id = fields.Many2one(
        "hotel.voice.flow", string="Voice Menu", ondelete="set null", help="Empty: the one in use at the hotel."
    )

    _number_unique = models.Constraint("UNIQUE (exchange_id, number)", "This exchange has the number already.")
