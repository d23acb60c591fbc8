from odoo import api, fields, models
from odoo.exceptions import UserError


class HotelServiceRecord(models.Model):
    """What was done for a guest: kind, time, staff and outcome."""

    _name = "hotel.service.record"
    _inherit = ["hotel.guest.trace.mixin", "hotel.own.scope.mixin"]
    _description = "Service Record"
    _order = "served_at desc, id desc"
    _rec_name = "kind_id"

    partner_id = fields.Many2one(
        "res.partner", string="Guest", required=True, index=True, ondelete="restrict"
    )
    stay_id = fields.Many2one("hotel.stay", index="btree_not_null", ondelete="restrict")
    property_id = fields.Many2one(
        "hotel.property",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user._get_hotel_property(),
    )
    company_id = fields.Many2one(related="property_id.company_id", store=True, precompute=True)
    kind_id = fields.Many2one("hotel.service.kind", required=True, ondelete="restrict")
    served_at = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", string="Staff", default=lambda self: self.env.user)
    note = fields.Text()
    outcome = fields.Selection(
        [("done", "Done"), ("partly", "Partly Done"), ("failed", "Not Done")],
        required=True,
        default="done",
    )
    outcome_note = fields.Char()
    source_system = fields.Char(default="manual", required=True, readonly=True)
    source_ref = fields.Char(string="Source Reference", readonly=True, copy=False)

    _source_unique = models.UniqueIndex(
        "(source_system, source_ref) WHERE source_ref IS NOT NULL",
        "This service of the other system is recorded already.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_manager(self):
        if not self.env.su and not self.env.user.has_group("hotel_crm_base.group_manager"):
            raise UserError(self.env._("Only managers delete service records."))
