from odoo import models

from ... import sheets


class HotelDayEnd(models.Model):
    _inherit = "hotel.day.end"

    def _make_xlsx(self):
        """Return what was open as a spreadsheet, with the rights of the user.

        :rtype: bytes
        :raises AccessError: the user does not see this day's end
        """
        self.ensure_one()
        self.check_access("read")
        kinds = dict(self.item_ids._fields["kind"]._description_selection(self.env))
        columns = [
            (self.env._("Kind"), 24),
            (self.env._("Room"), 10),
            (self.env._("Guest"), 30),
            (self.env._("Booking"), 16),
            (self.env._("Amount"), 14),
            (self.env._("Note"), 50),
        ]
        rows = [
            [
                kinds[item.kind],
                item.room_id.name,
                item.partner_name,
                item.reservation_id.name,
                item.amount or None,
                item.note,
            ]
            for item in self.item_ids
        ]
        guests = self.item_ids.stay_id.partner_id | self.item_ids.reservation_id.partner_id
        self.env["hotel.access.log"]._log("export", guests.ids, ["day_end"])
        return sheets.make_book(f"{self.property_id.code} {self.date}", columns, rows)
