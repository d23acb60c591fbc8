"""Pictures and facts of what is sold, for the booking pages."""

from datetime import timedelta

from odoo import api, fields, models, tools


class HotelBookingPage(models.AbstractModel):
    _inherit = "hotel.booking.page"

    @api.model
    def _get_pictures(self, room_type):
        """Return the pictures of a room type, the first one first.

        :returns: url (with %s for the size: 256, 512 or 1024) and name
        :rtype: list[dict]
        """
        return self._read_showcase(room_type.property_id.id)["types"][room_type.id]["pictures"]

    @api.model
    def _get_facts(self, room_type):
        """Return what a room type has, in words.

        :returns: beds (such as "2 × Single"), amenities (their names)
        :rtype: dict
        """
        return self._read_showcase(room_type.property_id.id)["types"][room_type.id]

    @api.model
    @tools.ormcache("hotel_id", "self.env.lang")
    def _read_showcase(self, hotel_id):
        """Return what the pages show of a property and its room types, for as long as nobody changes it.

        :returns: ``cover`` (see `_get_cover`), ``types``: id of a room type to pictures, beds and amenities
        :rtype: dict
        """
        # visitors have no rights on properties and rooms; what they see of an archived type is in their bookings
        hotel = self.env["hotel.property"].sudo().browse(hotel_id)
        types = hotel.env["hotel.room.type"].with_context(active_test=False).search([("property_id", "=", hotel_id)])
        types = types.with_context(active_test=True)
        pictures = {room_type.id: self._find_pictures(room_type) for room_type in types}
        return {
            "cover": self._find_cover(hotel, pictures),
            "types": {
                room_type.id: {
                    "pictures": pictures[room_type.id],
                    "beds": self._get_beds(room_type),
                    "amenities": room_type.amenity_ids.mapped("name"),
                }
                for room_type in types
            },
        }

    @api.model
    def _find_pictures(self, room_type):
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
        return self._read_showcase(hotel.id)["cover"]

    @api.model
    def _find_cover(self, hotel, pictures):
        if hotel.with_context(bin_size=True).image_512:
            return self._get_picture_url("property", hotel)
        shown = (pictures[room_type.id] for room_type in self._get_types(hotel))
        return next((found[0]["url"] for found in shown if found), False)

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
