from odoo import api, models


class HotelCachedMixin(models.AbstractModel):
    """Records that are seldom changed and often asked for: what is derived from them is kept in memory (ormcache)."""

    _name = "hotel.cached.mixin"
    _description = "Kept in Memory"

    #: fields whose change ends what is kept; None: any
    _cached_fields = None

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        if self._cached_fields is None or vals.keys() & self._cached_fields:
            self.env.registry.clear_cache()
        return result

    def _update_field_translations(self, *args, **options):
        result = super()._update_field_translations(*args, **options)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
