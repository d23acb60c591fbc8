"""Posting bills at an outlet, and taking them back."""

from odoo import api, models
from odoo.exceptions import UserError

from .hotel_outlet_desk import SOLD_KINDS

MOST_COVERS, MOST_AMOUNT = 500, 10_000_000
LENGTHS = {"description": 256, "bill_ref": 64, "room": 32, "guest_name": 128, "key": 64}


class HotelOutletDesk(models.AbstractModel):
    _inherit = "hotel.outlet.desk"

    @api.model
    def post_bill(self, outlet_id, bill):
        """Post one bill. Callable by food and beverage, front office and managers.

        :param int outlet_id: an outlet of a property that the user sees
        :param dict bill: settlement (room or paid), kind, description, amount (with tax), bill_ref, covers
            (int), key (str, chosen by the caller: the same key twice is one bill); to the room: room and
            guest_name, as the guest says them; paid: tax (contained in the amount), guest_id (or False)
        :returns: the row of the list of the day
        :rtype: dict
        :raises AccessError: another role, or an outlet of another property
        :raises UserError: what is wrong with the bill, in one sentence
        """
        outlet = self._get_outlet(outlet_id)
        if not isinstance(bill, dict):
            raise UserError(self.env._("The bill is empty."))
        key = self._read_key(bill)
        bills = self.env["hotel.outlet.bill"]
        posted = bills.search([("request_key", "=", key)])
        if not posted:
            # nobody writes bills by hand: roles are checked above
            posted = bills.sudo().create(self._prepare_bill_vals(outlet, bill, key)).sudo(False)
        return self._prepare_rows(posted)[0]

    @api.model
    def reverse_bill(self, bill_id, reason):
        """Take a bill back. Callable by food and beverage, front office and managers.

        :param int bill_id: a bill of a property that the user sees
        :param str reason: why, kept with the bill
        :returns: the row of the list of the day
        :rtype: dict
        :raises AccessError: another role
        :raises UserError: no reason, taken back already, or the folio is closed
        """
        self._check_waiter()
        found = isinstance(bill_id, int) and self.env["hotel.outlet.bill"].search([("id", "=", bill_id)])
        if not found:
            raise UserError(self.env._("This bill is not one of your property."))
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say why the bill is taken back."))
        # as in post_bill
        found.sudo()._reverse(reason.strip()[:256])
        return self._prepare_rows(found)[0]

    # ---- what is posted ---------------------------------------------------------------------

    @api.model
    def _prepare_bill_vals(self, outlet, bill, key):
        """Post what a bill says and return the values of its record."""
        facts = self._read_bill(outlet, bill)
        if bill.get("settlement") == "room":
            place = self._post_to_room(outlet, bill, facts)
        elif bill.get("settlement") == "paid":
            place = self._post_paid(outlet, bill, facts)
        else:
            raise UserError(self.env._("Say whether the bill goes to the room or was paid."))
        hotel = outlet.property_id
        fixed = {"outlet_id": outlet.id, "business_date": hotel.business_date, "user_id": self.env.uid}
        return {**fixed, **facts, **place, "settlement": bill["settlement"], "request_key": key}

    @api.model
    def _post_to_room(self, outlet, bill, facts):
        """Put a bill on the folio of the guest of a room.

        :raises UserError: no such guest in this room, or nothing is posted to it
        """
        room, name = self._read_text(bill, "room"), self._read_text(bill, "guest_name")
        if not room or not name:
            raise UserError(self.env._("To post to a room, ask for the room number and the name of the guest."))
        stay = self.env["hotel.stay"]._find_in_house(outlet.property_id, room, name)
        line = stay._post_charge(
            outlet, facts["kind"], facts["description"], facts["amount_gross"], facts["bill_ref"]
        )
        return {
            "partner_id": stay.partner_id.id,
            "stay_id": stay.id,
            "room_id": stay.room_id.id,
            "folio_line_id": line.id,
        }

    @api.model
    def _post_paid(self, outlet, bill, facts):
        """Record what was paid at the outlet; without a guest it is anonymous.

        :raises UserError: a tax that cannot be, or an unknown guest
        """
        guest = self._get_guest(bill["guest_id"]) if bill.get("guest_id") else self.env["res.partner"]
        stay = self._get_stay_of(outlet, guest) if guest else self.env["hotel.stay"]
        tax = self._read_amount(outlet, bill.get("tax") or 0.0)
        if not 0 <= tax < facts["amount_gross"]:
            raise UserError(self.env._("The tax is part of the amount, and less than it."))
        charge = self.env["hotel.consumption"].create(
            {
                **{name: facts[name] for name in ("kind", "description", "amount_gross", "bill_ref")},
                "amount_net": facts["amount_gross"] - tax,
                "partner_id": guest.id,
                "stay_id": stay.id,
                "property_id": outlet.property_id.id,
                "outlet_id": outlet.id,
            }
        )
        return {
            "partner_id": guest.id,
            "stay_id": stay.id,
            "room_id": stay.room_id.id,
            "consumption_id": charge.id,
        }

    # ---- what is read -----------------------------------------------------------------------

    @api.model
    def _read_bill(self, outlet, bill):
        """Return the checked values that every bill has.

        :raises UserError: for the first that is wrong
        """
        kind, description = bill.get("kind"), self._read_text(bill, "description")
        if kind not in SOLD_KINDS:
            raise UserError(self.env._("Choose what was sold: food, beverage, ..."))
        if not description:
            raise UserError(self.env._("Say what was consumed; it stands on the guest's bill."))
        amount = self._read_amount(outlet, bill.get("amount"))
        if amount <= 0:
            raise UserError(self.env._("The amount is missing. What was too much is taken back from the list."))
        covers = bill.get("covers") or 0
        if not isinstance(covers, int) or isinstance(covers, bool) or not 0 <= covers <= MOST_COVERS:
            raise UserError(self.env._("The number of people is between 0 and %(most)s.", most=MOST_COVERS))
        return {
            "kind": kind,
            "description": description,
            "amount_gross": amount,
            "covers": covers,
            "bill_ref": self._read_text(bill, "bill_ref"),
        }

    @api.model
    def _read_amount(self, outlet, amount):
        """Return an amount in the currency of the outlet's property.

        :rtype: float
        :raises UserError: not a number, or none that a bill can have
        """
        is_number = isinstance(amount, int | float) and not isinstance(amount, bool)
        if not is_number or not abs(amount) <= MOST_AMOUNT:
            raise UserError(self.env._("This is not an amount that a bill can have."))
        return outlet.property_id.currency_id.round(amount)

    @api.model
    def _read_text(self, bill, name):
        text = bill.get(name)
        return text.strip()[: LENGTHS[name]] if isinstance(text, str) else ""

    @api.model
    def _read_key(self, bill):
        """Return the key that makes a second call harmless, of this user.

        :raises UserError: there is none
        """
        key = bill.get("key")
        if not isinstance(key, str) or not 8 <= len(key) <= LENGTHS["key"]:
            raise UserError(self.env._("The request has no key. Load the page again."))
        return f"{self.env.uid}:{key}"
