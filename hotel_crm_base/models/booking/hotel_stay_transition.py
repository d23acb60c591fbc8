"""How a stay goes from booking to departure: which state may follow which, and on what day."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ... import guards

# state -> states that may follow it
NEXT_STATES = {
    "held": {"booked", "cancelled"},
    "booked": {"in_house", "cancelled", "no_show"},
    "in_house": {"departed"},
    "departed": set(),
    "cancelled": {"booked", "held"},
    "no_show": {"booked", "in_house"},
}


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    def write(self, vals):
        if "state" in vals and not guards.is_given(self.env.context, guards.BULK):
            self._check_transition(vals["state"])
        return super().write(vals)

    def action_confirm(self):
        """Turn held stays into booked ones. Callable by those who may write stays.

        :raises UserError: where a stay is not held
        """
        self._check_transition("booked")
        return self.write({"state": "booked"})

    def action_check_in(self):
        """Note that the guests have arrived. Callable by those who may write stays.

        :raises UserError: before the day of arrival, after the departure, or for a blocked guest
        """
        self._check_transition("in_house")
        for stay in self:
            stay._check_check_in_day()
        return self.write({"state": "in_house"})

    def action_check_out(self):
        """Note that the guests have left; an early departure shortens the stay.

        Callable by those who may write stays.

        :raises UserError: where a stay is not in house
        """
        self._check_transition("departed")
        for stay in self:
            today = stay.property_id.business_date
            if today < stay.departure_date:
                stay.departure_date = max(today, stay.arrival_date)
        return self.write({"state": "departed"})

    def action_cancel(self):
        """Cancel stays that have not begun. Callable by those who may write stays.

        :raises UserError: where a stay has begun or ended
        """
        self._check_transition("cancelled")
        return self.write({"state": "cancelled"})

    def action_no_show(self):
        """Note that the guests did not come. Callable by those who may write stays.

        :raises UserError: before the day of arrival, or where a stay has begun
        """
        self._check_transition("no_show")
        for stay in self:
            today = stay.property_id.business_date
            if today < stay.arrival_date:
                raise UserError(
                    self.env._(
                        "%(guest)s is expected on %(arrival)s: it is too early for a no-show.",
                        guest=stay._get_guest_name(),
                        arrival=format_date(self.env, stay.arrival_date),
                    )
                )
        return self.write({"state": "no_show"})

    def action_reinstate(self):
        """Book cancelled stays and no-shows again. Callable by those who may write stays.

        :raises UserError: in any other state
        """
        self._check_transition("booked")
        self.write({"state": "booked"})
        return self.filtered("cancelled_at").write({"cancelled_at": False})

    def _check_transition(self, state):
        """Refuse a state that cannot follow, and guests that may not come in.

        :param str state: the state to enter
        :raises UserError: with a sentence for the desk
        """
        names = dict(self._fields["state"]._description_selection(self.env))
        for stay in self.filtered(lambda stay: stay.state != state):
            if state not in NEXT_STATES[stay.state]:
                raise UserError(
                    self.env._(
                        "The stay of %(guest)s is “%(now)s” and cannot become “%(next)s”.",
                        guest=stay._get_guest_name(),
                        now=names[stay.state],
                        next=names.get(state, state),
                    )
                )
            if state == "in_house":
                stay._check_not_blocked()

    def _check_not_blocked(self):
        """Refuse to check blocked guests in."""
        guest = self.partner_id
        if guest.hotel_is_blocked:
            raise UserError(
                self.env._(
                    "%(guest)s cannot be checked in (%(reason)s). Please call a manager, who can"
                    " lift the block.",
                    guest=guest.name,
                    reason=guest.hotel_block_text,
                )
            )

    def _check_check_in_day(self):
        """Refuse a check-in on a day that is none of the stay's."""
        today = self.property_id.business_date
        if today < self.arrival_date:
            raise UserError(
                self.env._(
                    "%(guest)s is expected on %(arrival)s. Change the arrival before the check-in.",
                    guest=self._get_guest_name(),
                    arrival=format_date(self.env, self.arrival_date),
                )
            )
        if today > self.departure_date:
            raise UserError(
                self.env._(
                    "The stay of %(guest)s was to end on %(departure)s. Change the departure before"
                    " the check-in.",
                    guest=self._get_guest_name(),
                    departure=format_date(self.env, self.departure_date),
                )
            )

    def _get_guest_name(self):
        """Return how to name the guest of this stay in a sentence.

        :rtype: str
        """
        return self.partner_id.name or self.env._("Anonymous guest")
