from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    hotel_property_ids = fields.Many2many(
        "hotel.property",
        "hotel_property_res_users_rel",
        string="Hotel Properties",
        help="Hotels whose stays and consumption this user sees. Empty means none.",
    )
    hotel_all_properties = fields.Boolean(
        string="All Properties",
        help="Managers and administrators only: every hotel of the user's companies.",
    )
    hotel_visible_property_ids = fields.Many2many(
        "hotel.property",
        string="Visible Properties",
        compute="_compute_hotel_visible_property_ids",
        compute_sudo=True,
    )
    hotel_property_id = fields.Many2one(
        "hotel.property",
        string="Working Property",
        help="The hotel whose front desk opens first.",
    )

    @api.depends("hotel_property_ids", "hotel_all_properties", "group_ids", "company_ids")
    def _compute_hotel_visible_property_ids(self):
        hotels = self.env["hotel.property"].with_context(active_test=False)
        for user in self:
            if user.hotel_all_properties and user.has_group("hotel_crm_base.group_manager"):
                user.hotel_visible_property_ids = hotels.search(
                    [("company_id", "in", user.company_ids.ids)]
                )
            else:
                user.hotel_visible_property_ids = user.hotel_property_ids

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + [
            "hotel_property_ids",
            "hotel_visible_property_ids",
            "hotel_property_id",
        ]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["hotel_property_id"]

    def _get_invalidation_fields(self):
        """Record rules name the user's properties, so their cache goes with them."""
        return super()._get_invalidation_fields() | {"hotel_property_ids", "hotel_all_properties"}

    def _get_hotel_property(self):
        """Return the property that this user works at now: chosen, else the first visible one.

        One of the companies that are switched on goes before one of another company.

        :rtype: hotel.property, empty where the user sees none
        """
        self.ensure_one()
        # which properties a user may see says hotel_visible_property_ids, whatever the companies
        visible = self.hotel_visible_property_ids.sudo().filtered("active")
        here = visible.filtered(lambda hotel: hotel.company_id in self.env.companies) or visible
        chosen = self.sudo().hotel_property_id & here
        return (chosen or here[:1]).with_env(self.env)
