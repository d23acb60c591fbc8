"""What the desk does from its lists: check in, check out, give a room, see what is open."""

from odoo import api, models
from odoo.exceptions import AccessError

from .hotel_desk_booking import BOOKERS
from .hotel_room_rack import WRITERS


class HotelFrontDesk(models.AbstractModel):
    _inherit = "hotel.front.desk"

    @api.model
    def get_setup(self):
        """Return also can_move (bool: may check in and out, and give rooms) and can_book. Callable by all staff."""
        return {
            **super().get_setup(),
            "can_move": self._is_one_of(WRITERS),
            "can_book": self._is_one_of(BOOKERS),
        }

    @api.model
    def check_in(self, stay_id):
        """Begin the check-in of a stay. Callable by front office and managers.

        :param int stay_id: a stay of a property that the user sees
        :returns: what the web client opens next
        :rtype: dict: action
        :raises AccessError: another role, or a stay of another property
        :raises UserError: what stands against it
        """
        return self._get_own_stay(stay_id).action_open_check_in()

    @api.model
    def check_out(self, stay_id):
        """Begin the check-out of a stay. Callable by front office and managers.

        :param int stay_id: a stay of a property that the user sees
        :returns: what the web client opens next, or False where the guests are checked out
        :rtype: dict | bool
        :raises AccessError: another role, or a stay of another property
        :raises UserError: what stands against it
        """
        action = self._get_own_stay(stay_id).action_open_check_out()
        return action if isinstance(action, dict) else False

    @api.model
    def open_stay(self, stay_id):
        """Return what opens the booking of a stay, or the stay where there is none. Callable by all staff.

        :param int stay_id: a stay
        :rtype: dict: action
        """
        stay = self.env["hotel.stay"].search([("id", "=", stay_id)]) if isinstance(stay_id, int) else None
        record = stay or self.env["hotel.stay"]
        if record.reservation_id and self._is_one_of(BOOKERS):
            record = record.reservation_id
        return {
            "type": "ir.actions.act_window",
            "name": record._description,
            "res_model": record._name,
            "res_id": record.id,
            "views": [[False, "form"]],
        }

    @api.model
    def _is_one_of(self, groups):
        return any(self.env.user.has_group(group) for group in groups)

    @api.model
    def _get_own_stay(self, stay_id):
        """Return a stay that the user may check in or out.

        :rtype: hotel.stay
        :raises AccessError: there is none, or the role does not
        """
        if not self._is_one_of(WRITERS):
            raise AccessError(self.env._("Only the front office and managers check guests in and out."))
        stays = self.env["hotel.stay"]
        stay = isinstance(stay_id, int) and stays.search([("id", "=", stay_id)])
        if not stay:
            raise AccessError(self.env._("This stay is not one of your property."))
        return stay

    @api.model
    def _prepare_rows(self, stays):
        """Add the booking, what is open on it, and how ready the room is."""
        rows = super()._prepare_rows(stays)
        sees_money = self._is_one_of(BOOKERS)
        states = self._get_room_states()
        occupied = stays._get_occupied_rooms()
        for stay, row in zip(stays, rows, strict=True):
            reservation = stay.reservation_id
            room_state = self._get_room_state(stay, occupied)
            row.update(
                reservation_id=reservation.id,
                currency_id=stay.currency_id.id,
                balance=reservation.balance if sees_money and reservation else 0.0,
                room_state=room_state,
                room_state_name=states.get(room_state, ""),
            )
        return rows

    @api.model
    def _get_room_states(self):
        """Return the names of the states of rooms."""
        states = dict(self.env["hotel.room"]._fields["housekeeping_state"]._description_selection(self.env))
        return {**states, "occupied": self.env._("Occupied")}

    @api.model
    def _get_room_state(self, stay, occupied):
        """Return how ready the room of a guest to come is: the one before may still sleep there."""
        if stay.state not in ("held", "booked"):
            return False
        return "occupied" if stay.room_id in occupied else stay.room_id.housekeeping_state
