"""The screen of a restaurant or a bar: who the guest is, and his or her bill."""

import pytz

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

WAITERS = (
    "hotel_crm_base.group_food_beverage",
    "hotel_crm_base.group_front_office",
    "hotel_crm_base.group_manager",
)
#: what an outlet of a kind sells most
KIND_OF_OUTLET = {"restaurant": "food", "bar": "beverage", "spa": "spa", "event": "event", "shop": "shop"}
SOLD_KINDS = ("food", "beverage", "minibar", "spa", "event", "shop", "service", "other")
VISITS, ROWS = 5, 200


class HotelOutletDesk(models.AbstractModel):
    """What an outlet sees and does: know the guest, post bills, see those of the day."""

    _name = "hotel.outlet.desk"
    _description = "Outlet Screen"

    @api.model
    @api.readonly
    def get_setup(self):
        """Return what the screen needs once. Callable by food and beverage, front office and managers.

        :returns: outlets (id, name, property, currency_id, kind: what it sells most), outlet_id (the first
            of the property where the user works, or False), kinds (lists of [code, name]), can_register
        :rtype: dict
        :raises AccessError: another role
        """
        self._check_waiter()
        desk = self.env["hotel.front.desk"].get_setup()
        outlets = self.env["hotel.outlet"].search([("kind", "!=", "room")])
        here = outlets.filtered(lambda outlet: outlet.property_id.id == desk["property_id"])
        names = dict(self.env["hotel.consumption"]._fields["kind"]._description_selection(self.env))
        return {
            "outlets": [
                {
                    "id": outlet.id,
                    "name": outlet.name,
                    "property": outlet.property_id.name,
                    "currency_id": outlet.property_id.currency_id.id,
                    "kind": KIND_OF_OUTLET.get(outlet.kind, "other"),
                }
                for outlet in outlets
            ],
            "outlet_id": (here or outlets)[:1].id,
            "kinds": [[kind, names[kind]] for kind in SOLD_KINDS],
            "can_register": desk["can_register"],
        }

    @api.model
    def get_day(self, outlet_id):
        """Return the bills of an outlet on the business day of its property.

        Callable by food and beverage, front office and managers.

        :param int outlet_id: an outlet of a property that the user sees
        :returns: business_date, currency_id, rows (id, time, settlement, name, room, kind, description,
            covers, amount, bill_ref, by, is_reversed, reason; the latest 200), count, covers, and total_room
            and total_paid (with tax), without those that were taken back
        :rtype: dict
        :raises AccessError: another role, or an outlet of another property
        """
        outlet = self._get_outlet(outlet_id)
        hotel = outlet.property_id
        bills = self.env["hotel.outlet.bill"]
        today = Domain("outlet_id", "=", outlet.id) & Domain("business_date", "=", hotel.business_date)
        totals = {
            settlement: (count, covers, amount)
            for settlement, count, covers, amount in bills._read_group(
                today & Domain("reversed_at", "=", False),
                ["settlement"],
                ["__count", "covers:sum", "amount_gross:sum"],
            )
        }
        nothing = (0, 0, 0.0)
        found = bills.search(today, limit=ROWS)
        return {
            "business_date": hotel.business_date,
            "currency_id": hotel.currency_id.id,
            "rows": self._prepare_rows(found),
            "count": sum(count for count, _covers, _amount in totals.values()),
            "covers": sum(covers for _count, covers, _amount in totals.values()),
            "total_room": totals.get("room", nothing)[2],
            "total_paid": totals.get("paid", nothing)[2],
        }

    @api.model
    def get_guest(self, outlet_id, guest_id):
        """Return what an outlet should know about a guest.

        Callable by food and beverage, front office and managers.

        :param int outlet_id: an outlet of a property that the user sees
        :param int guest_id: a guest
        :returns: id, name, flags, preferences (sentences), room and departure_date (False where he or she
            is not in house), visit_count and visits (lists of [date, what, amount]) at this outlet
        :rtype: dict
        :raises AccessError: another role, another property, or no such guest
        """
        outlet = self._get_outlet(outlet_id)
        guest = self._get_guest(guest_id)
        stay = self._get_stay_of(outlet, guest)
        consumption = self.env["hotel.consumption"]
        visited = [
            ("partner_id", "=", guest.id),
            ("outlet_id", "=", outlet.id),
            ("reversal_of_id", "=", False),
            ("reversal_ids", "=", False),
        ]
        visits = consumption.search(visited, limit=VISITS)
        wishes = guest.hotel_preference_ids.filtered(lambda line: not line.is_alert)
        return {
            "id": guest.id,
            "name": guest.name,
            "flags": guest._get_hotel_flags(),
            "preferences": [
                line.preference_id.name + (f" ({line.note})" if line.note else "") for line in wishes
            ],
            "room": stay.room_id.name,
            "departure_date": stay.departure_date,
            "visit_count": consumption.search_count(visited),
            "visits": [[visit.business_date, visit.description, visit.amount_gross] for visit in visits],
        }

    # ---- who asks, and about what -----------------------------------------------------------

    @api.model
    def _check_waiter(self):
        """Refuse roles that have nothing to do with outlets.

        :raises AccessError: in one sentence
        """
        if not any(self.env.user.has_group(group) for group in WAITERS):
            raise AccessError(
                self.env._("Only food and beverage, the front office and managers work with outlets.")
            )

    @api.model
    def _get_outlet(self, outlet_id):
        """Return an outlet that the user works with.

        :rtype: hotel.outlet
        :raises AccessError: there is none with this id
        """
        self._check_waiter()
        outlet = isinstance(outlet_id, int) and self.env["hotel.outlet"].search([("id", "=", outlet_id)])
        if not outlet:
            raise AccessError(self.env._("This outlet is not one of yours."))
        return outlet

    @api.model
    def _get_guest(self, guest_id):
        """Return a guest whom the user sees.

        :rtype: res.partner
        :raises UserError: there is none with this id
        """
        found = [("id", "=", guest_id), ("is_hotel_guest", "=", True)]
        guest = isinstance(guest_id, int) and self.env["res.partner"].search(found)
        if not guest:
            raise UserError(self.env._("This guest is not known."))
        return guest

    @api.model
    def _get_stay_of(self, outlet, guest):
        """Return the stay of a guest who is in house at the property of an outlet, else none.

        :rtype: hotel.stay
        """
        return self.env["hotel.stay"].search(
            [
                ("partner_id", "=", guest.id),
                ("state", "=", "in_house"),
                ("property_id", "=", outlet.property_id.id),
            ],
            limit=1,
        )

    @api.model
    def _prepare_rows(self, bills):
        """Return what the list of the day shows.

        :rtype: list[dict]
        """
        kinds = dict(bills._fields["kind"]._description_selection(self.env))
        return [
            {
                "id": bill.id,
                "time": self._get_local_time(bill),
                "settlement": bill.settlement,
                "name": bill.partner_id.name or "",
                "room": bill.room_id.name or "",
                "kind": kinds[bill.kind],
                "description": bill.description,
                "covers": bill.covers,
                "amount": bill.amount_gross,
                "bill_ref": bill.bill_ref or "",
                # colleagues may be of other companies
                "by": bill.sudo().user_id.name,
                "is_reversed": bool(bill.reversed_at),
                "reason": bill.reversal_reason or "",
            }
            for bill in bills
        ]

    @api.model
    def _get_local_time(self, bill):
        """Return when a bill was posted by the clock of its property, HH:MM."""
        zone = pytz.timezone(bill.property_id.tz or "UTC")
        return pytz.utc.localize(bill.posted_at).astimezone(zone).strftime("%H:%M")
