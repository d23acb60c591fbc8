from odoo import api, fields, models
from odoo.exceptions import UserError

from ..consumption.hotel_consumption import KINDS


class HotelOutletBill(models.Model):
    """One bill of an outlet, as it was entered there: posted to a room, or paid at once."""

    _name = "hotel.outlet.bill"
    _inherit = ["hotel.guest.trace.mixin", "hotel.own.scope.mixin"]
    _description = "Outlet Bill"
    _order = "posted_at desc, id desc"
    _rec_name = "description"

    outlet_id = fields.Many2one("hotel.outlet", required=True, readonly=True, ondelete="restrict")
    property_id = fields.Many2one(related="outlet_id.property_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="property_id.company_id", store=True, precompute=True)
    currency_id = fields.Many2one(related="property_id.currency_id")
    business_date = fields.Date(required=True, readonly=True)
    posted_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", string="Posted By", required=True, readonly=True, default=lambda self: self.env.user
    )
    settlement = fields.Selection([("room", "To the Room"), ("paid", "Paid")], required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Guest", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    stay_id = fields.Many2one("hotel.stay", readonly=True, index="btree_not_null", ondelete="restrict")
    room_id = fields.Many2one("hotel.room", readonly=True, ondelete="set null", help="As it was then.")
    kind = fields.Selection(KINDS, required=True, readonly=True)
    description = fields.Char(string="Items", required=True, readonly=True)
    covers = fields.Integer(readonly=True, help="How many people ate or drank.")
    amount_gross = fields.Monetary(string="Amount", required=True, readonly=True, help="Tax included.")
    bill_ref = fields.Char(string="Bill", readonly=True)
    folio_line_id = fields.Many2one("sale.order.line", readonly=True, index="btree_not_null", ondelete="set null")
    consumption_id = fields.Many2one(
        "hotel.consumption", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    request_key = fields.Char(required=True, readonly=True, copy=False)
    reversed_at = fields.Datetime(readonly=True, copy=False)
    reversed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    reversal_reason = fields.Char(readonly=True, copy=False)

    _request_once = models.UniqueIndex("(request_key)", "This bill was posted already.")
    _outlet_day_idx = models.Index("(outlet_id, business_date)")
    _covers_not_negative = models.Constraint("CHECK (covers >= 0)", "The number of people cannot be negative.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("Bills are never deleted. Take the bill back instead."))

    def _reverse(self, reason):
        """Take a bill back where it was posted; the caller has checked who may.

        :param str reason: why
        :raises UserError: taken back already, or the folio is closed
        """
        self.ensure_one()
        # two people at once: the second waits here and is told
        self.lock_for_update()
        if self.reversed_at:
            raise UserError(self.env._("This bill was taken back already."))
        if self.folio_line_id:
            self.folio_line_id._take_back(reason)
        else:
            self.consumption_id.action_reverse(reason)
        self.write(
            {"reversed_at": fields.Datetime.now(), "reversed_by_id": self.env.uid, "reversal_reason": reason}
        )
