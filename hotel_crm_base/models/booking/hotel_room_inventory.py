from odoo import api, models


class HotelRoom(models.Model):
    _inherit = "hotel.room"

    @api.model_create_multi
    def create(self, vals_list):
        rooms = super().create(vals_list)
        self.env["hotel.inventory"].sudo()._refresh(rooms.room_type_id)
        self._trigger_horizon()
        return rooms

    def write(self, vals):
        if not {"active", "room_type_id"} & set(vals):
            return super().write(vals)
        before = self.room_type_id
        result = super().write(vals)
        self.env["hotel.inventory"].sudo()._refresh(before | self.room_type_id)
        self._trigger_horizon()
        return result

    def unlink(self):
        room_types = self.room_type_id
        result = super().unlink()
        self.env["hotel.inventory"].sudo()._refresh(room_types)
        return result

    @api.model
    def _trigger_horizon(self):
        """Have nights opened for sale soon, for types that had no room before."""
        cron = self.env.ref("hotel_crm_base.ir_cron_open_horizon", raise_if_not_found=False)
        if cron:
            # whoever makes rooms has no rights on jobs
            cron.sudo()._trigger()
