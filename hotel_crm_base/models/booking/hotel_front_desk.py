"""What the front desk shows: one property and its business day."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..guest.res_partner_registration import REGISTRARS

LISTS = ("arrivals", "in_house", "departures")
#: rows of a list until somebody asks for all of them
LIMIT = 40


class HotelFrontDesk(models.AbstractModel):
    """The day of a property as the desk sees it: who comes, who is here, who leaves."""

    _name = "hotel.front.desk"
    _description = "Front Desk"

    @api.model
    @api.readonly
    def get_setup(self):
        """Return what the screen needs once. Callable by all staff.

        :returns: properties (id, name, country_id; those the user sees), property_id (where he or she
            works, or False), can_register (bool), tools (see `_get_desk_tools`)
        :rtype: dict
        """
        hotels = self.env["hotel.property"].search_fetch([], ["name", "country_id"])
        return {
            "properties": [
                {"id": hotel.id, "name": hotel.name, "country_id": hotel.country_id.id} for hotel in hotels
            ],
            "property_id": (self.env.user._get_hotel_property() & hotels or hotels[:1]).id,
            "can_register": any(self.env.user.has_group(group) for group in REGISTRARS),
            "tools": self._get_desk_tools(),
        }

    @api.model
    def _get_desk_tools(self):
        """Hook: return what else this user does from the screen, as buttons beside its own.

        :returns: key (part of a CSS class), name, icon (of Font Awesome), action (XML id of an action that opens in a
            dialog; it is given the property as ``default_property_id``)
        :rtype: list[dict]
        """
        return []

    @api.model
    @api.readonly
    def get_registration_setup(self):
        """Return the lists of the form for a new guest. Callable by those who may register guests.

        :returns: countries (id, name, code, phone_code), languages and genders and document_types
            (lists of [code, name]; no document types where the user writes no documents), lang (code of
            the user's language)
        :rtype: dict
        """
        self.env["res.partner"]._check_hotel_registration_rights()
        countries = self.env["res.country"].search_fetch([], ["name", "code", "phone_code"])
        documents = self.env["hotel.guest.document"]
        kinds = documents._fields["document_type"]._description_selection(self.env)
        genders = self.env["res.partner"]._fields["hotel_gender"]._description_selection(self.env)
        return {
            "countries": [
                {
                    "id": country.id,
                    "name": country.name,
                    "code": country.code,
                    "phone_code": country.phone_code,
                }
                for country in countries
            ],
            "languages": self.env["res.lang"].get_installed(),
            "genders": genders,
            "document_types": kinds if documents.has_access("create") else [],
            "lang": self.env.lang,
        }

    @api.model
    def choose_property(self, property_id):
        """Remember where the user works, for the next time. Callable by all staff.

        :param int property_id: a property that the user sees
        :raises AccessError: the user does not see it
        """
        # users may set this field of their own
        self.env.user.write({"hotel_property_id": self._get_visible_property(property_id).id})
        return True

    @api.model
    def get_day(self, property_id, full=()):
        """Return the three lists of the business day of a property. Callable by all staff.

        :param int property_id: a property that the user sees
        :param list[str] full: lists that are wanted to their end; the others stop at 40 rows
        :returns: property_id, business_date, local_time (HH:MM at the property), and for each of
            arrivals, in_house and departures: count (open ones), done (arrived or left today), rows
        :rtype: dict
        :raises AccessError: the user does not see the property
        """
        hotel = self._get_visible_property(property_id)
        if set(full) - set(LISTS):
            raise UserError(self.env._("This list is not one of the front desk's."))
        stays = {name: self._get_day_stays(hotel, name, name in full) for name in LISTS}
        everybody = self.env["hotel.stay"].union(*(found for found, _count in stays.values()))
        rows = {stay.id: row for stay, row in zip(everybody, self._prepare_rows(everybody), strict=True)}
        return {
            "property_id": hotel.id,
            "business_date": hotel.business_date,
            "local_time": hotel._get_local_now().strftime("%H:%M"),
            **{
                name: {
                    "count": count,
                    "done": self._count_done(hotel, name),
                    "rows": [rows[stay.id] for stay in found],
                }
                for name, (found, count) in stays.items()
            },
        }

    @api.model
    def _get_visible_property(self, property_id):
        """Return a property that the user sees, in the companies he or she works in now.

        :rtype: hotel.property
        :raises AccessError: there is none with this id
        """
        hotels = self.env["hotel.property"]
        found = [("id", "=", property_id)]
        hotel = isinstance(property_id, int) and hotels.search_fetch(found, ["business_date", "tz"])
        if not hotel:
            raise AccessError(self.env._("This property is not one of yours."))
        return hotel

    @api.model
    def _get_day_domain(self, hotel, name):
        """Return which stays are on a list; what is late stays on it.

        :param str name: arrivals, in_house or departures
        :rtype: Domain
        """
        today = hotel.business_date
        domain = Domain("property_id", "=", hotel.id)
        if name == "arrivals":
            # what was due before and never came is on the list as long as its room is kept
            dates = Domain("arrival_date", "<=", today) & Domain("departure_date", ">=", today)
            return domain & Domain("state", "in", ("held", "booked")) & dates
        domain &= Domain("state", "=", "in_house")
        return domain & Domain("departure_date", "<=", today) if name == "departures" else domain

    @api.model
    def _get_day_stays(self, hotel, name, is_full):
        """Return the stays to show and how many there are.

        :rtype: tuple[hotel.stay, int]
        """
        stays = self.env["hotel.stay"]
        domain = self._get_day_domain(hotel, name)
        order = "arrival_date, partner_id, id" if name == "arrivals" else "room_id, id"
        limit = self._get_limit()
        found = stays.search(domain, order=order, limit=None if is_full else limit + 1)
        if is_full or len(found) <= limit:
            return found, len(found)
        return found[:limit], stays.search_count(domain)

    @api.model
    def _get_limit(self):
        """Return how many rows a list has until somebody asks for all of them."""
        return LIMIT

    @api.model
    def _count_done(self, hotel, name):
        """Return how many of today's have arrived or left already."""
        today = hotel.business_date
        domain = Domain("property_id", "=", hotel.id)
        if name == "arrivals":
            domain &= Domain("state", "in", ("in_house", "departed")) & Domain("arrival_date", "=", today)
        elif name == "departures":
            domain &= Domain("state", "=", "departed") & Domain("departure_date", "=", today)
        else:
            return 0
        return self.env["hotel.stay"].search_count(domain)

    @api.model
    def _prepare_rows(self, stays):
        """Return what the lists show of stays; the number of queries does not grow with them.

        :rtype: list[dict]
        """
        states = dict(stays._fields["state"]._description_selection(self.env))
        guests = stays.partner_id
        # all at once: flags are asked guest by guest
        guests.hotel_preference_ids.preference_id.fetch(["name"])
        flags = {guest.id: guest._get_hotel_flags() for guest in guests}
        return [
            {
                "id": stay.id,
                "partner_id": stay.partner_id.id,
                "name": stay.partner_id.name or False,
                "companions": len(stay.companion_ids),
                "room": stay.room_id.name,
                "room_type": stay.room_type_id.name,
                "arrival_date": stay.arrival_date,
                "departure_date": stay.departure_date,
                "nights": stay.nights,
                "persons": stay.adults + stay.children + stay.infants,
                "state": stay.state,
                "state_name": states[stay.state],
                "is_late": self._is_late(stay),
                "flags": flags.get(stay.partner_id.id, []),
            }
            for stay in stays
        ]

    @api.model
    def _is_late(self, stay):
        """Return whether the guest should have come, or left, before today."""
        today = stay.property_id.business_date
        return (stay.departure_date if stay.state == "in_house" else stay.arrival_date) < today
