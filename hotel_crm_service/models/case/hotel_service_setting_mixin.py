from odoo import api, models


class HotelServiceSettingMixin(models.AbstractModel):
    """Records that say how cases are handled: seldom changed, read for each case, so kept in memory."""

    _name = "hotel.service.setting.mixin"
    _description = "Setting of Cases"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
