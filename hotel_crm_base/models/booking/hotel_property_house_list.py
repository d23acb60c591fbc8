from odoo import models
from odoo.exceptions import AccessError

from ... import sheets

READERS = ("hotel_crm_base.group_front_office", "hotel_crm_base.group_manager")


class HotelProperty(models.Model):
    _inherit = "hotel.property"

    def action_download_house_list(self):
        """Download who is in house, comes and leaves today. Callable by front office and managers.

        :rtype: dict: action
        """
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/hotel/property/{self.id}/house_list.xlsx", "target": "download"}

    def _make_house_list(self):
        """Return the house list as a spreadsheet; the access log notes whom it names.

        :rtype: bytes
        :raises AccessError: neither front office nor manager
        """
        self.ensure_one()
        if not any(self.env.user.has_group(group) for group in READERS):
            raise AccessError(self.env._("The house list is the front office's."))
        stays = self._get_house_stays()
        states = dict(stays._fields["state"]._description_selection(self.env))
        columns = [
            (self.env._("Room"), 10),
            (self.env._("Guest"), 30),
            (self.env._("Companions"), 30),
            (self.env._("State"), 12),
            (self.env._("Arrival"), 12),
            (self.env._("Departure"), 12),
            (self.env._("Persons"), 9),
            (self.env._("Room Type"), 24),
            (self.env._("Booking"), 16),
        ]
        rows = [
            [
                stay.room_id.name,
                stay.partner_id.name,
                ", ".join(stay.companion_ids.mapped("name")),
                states[stay.state],
                stay.arrival_date,
                stay.departure_date,
                stay.adults + stay.children + stay.infants,
                stay.room_type_id.name,
                stay.reservation_id.name,
            ]
            for stay in stays
        ]
        self.env["hotel.access.log"]._log("export", (stays.partner_id | stays.companion_ids).ids, ["house_list"])
        return sheets.make_book(f"{self.code} {self.business_date}", columns, rows)

    def _get_house_stays(self):
        """Return who is in house or due today, by room.

        :rtype: hotel.stay
        """
        desk = self.env["hotel.front.desk"]
        domain = desk._get_day_domain(self, "in_house") | desk._get_day_domain(self, "arrivals")
        return self.env["hotel.stay"].search(domain, order="room_id, arrival_date, id")
