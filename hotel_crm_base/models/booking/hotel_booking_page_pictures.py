"""Pictures and facts of what is sold, for the booking pages."""

from datetime import timedelta

from odoo import api, fields, models


class HotelBookingPage(models.AbstractModel):
    _inherit = "hotel.booking.page"

    @api.model
    def _get_pictures(self, room_type):
        """Return the pictures of a room type, the first one first.

        :returns: url (with %s for the size: 256, 512 or 1024) and name
        :rtype: list[dict]
        """
        sized = room_type.with_context(bin_size=True)
        own = [("type", sized)] if sized.image_512 else []
        more = [("picture", picture) for picture in sized.image_ids if picture.image_512]
        return [
            {"url": self._get_picture_url(kind, record), "name": record.name or room_type.name}
            for kind, record in own + more
        ]

    @api.model
    def _get_cover(self, hotel):
        """Return the picture of a property, else one of its rooms, else False.

        :rtype: str | bool
        """
        if hotel.with_context(bin_size=True).image_512:
            return self._get_picture_url("property", hotel)
        for room_type in self._get_types(hotel):
            pictures = self._get_pictures(room_type)
            if pictures:
                return pictures[0]["url"]
        return False

    @api.model
    def _get_picture_url(self, kind, record):
        """Return the address of a picture; another one once the record has changed, for caches."""
        version = int(record.write_date.timestamp()) if record.write_date else 0
        return f"/hotel/image/{kind}/{record.id}/%s?v={version}"

    @api.model
    def _get_beds(self, room_type):
        """Return the beds of a room type in words, such as "2 × Single".

        :rtype: str
        """
        return ", ".join(f"{bed.quantity} × {bed.bed_type_id.name}" for bed in room_type.bed_ids)

    @api.model
    def _get_default_dates(self, hotel=None):
        """Return what a search form begins with: one night from tomorrow.

        :rtype: tuple[date, date]
        """
        today = hotel._get_local_today() if hotel else fields.Date.context_today(self)
        return today + timedelta(days=1), today + timedelta(days=2)
