from odoo import fields, models

from ...terms import RoomWish


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    reservation_id = fields.Many2one("hotel.reservation", index="btree_not_null", ondelete="restrict", copy=False)
    folio_line_ids = fields.One2many("sale.order.line", "hotel_stay_id", string="Folio Lines")

    def write(self, vals):
        result = super().write(vals)
        # a change by its own window brings its nights along and the folio in line itself
        if {"arrival_date", "departure_date", "rate"} & set(vals) and "night_ids" not in vals:
            self.reservation_id._sync_folio()
        return result

    def action_open_change(self):
        """Open the window that shows what a change of this booked room costs. Callable by those who read stays.

        :return: action of the window
        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_base.hotel_stay_change_action")
        return {**action, "context": {"default_stay_id": self.id}}

    def action_cancel(self):
        """Cancel stays that have not begun. Callable by those who may write stays.

        Who cancels all rooms of a booking cancels the booking; one room of several leaves the others.

        :raises UserError: where a stay has begun or ended
        """
        self._check_transition("cancelled")
        whole = self.reservation_id.filtered(lambda reservation: reservation._get_live_stays() <= self)
        for reservation in whole:
            reservation._cancel()
        rest = self.filtered(lambda stay: stay.state != "cancelled")
        fees = {
            reservation: reservation._get_cancellation_fees(stays=rest & reservation.stay_ids)
            for reservation in rest.reservation_id
        }
        result = super(HotelStay, rest).action_cancel()
        for reservation, of_rooms in fees.items():
            reservation._after_rooms_cancelled(of_rooms)
        return result

    def action_reinstate(self):
        """Book cancelled stays and no-shows again. Callable by those who may write stays.

        :raises UserError: in any other state, or where no room is left
        """
        result = super().action_reinstate()
        self.reservation_id.write({"cancelled_at": False, "is_dropped": False, "is_hold_released": False})
        self.reservation_id._take_back_fees(self)
        self.reservation_id._sync_folio()
        return result

    def _get_wish(self):
        """Return this stay as what is wanted: the type is the one that was sold.

        :rtype: RoomWish
        """
        self.ensure_one()
        return RoomWish(
            (self.booked_room_type_id or self.room_type_id).id,
            self.arrival_date,
            self.departure_date,
            adults=self.adults,
            children=self.children,
            infants=self.infants,
            rate_plan_id=self.rate_plan_id.id or None,
            room_id=self.room_id.id or None,
            guest_id=self.partner_id.id or None,
        )

    def _get_taking_change(self, changes):
        """Return what changes of this stay take from the inventory, and give back.

        :param dict changes: values to be written
        :returns: number of rooms by (id of room type, night)
        :rtype: Counter
        """
        self.ensure_one()
        inventory = self.env["hotel.inventory"]
        vals = self._add_upgrade(changes) if changes.get("room_id") else changes
        change = inventory._count_nights([self._prepare_taking(vals)])
        change.subtract(inventory._count_nights([self._prepare_taking()]))
        return change

    def _is_room_taken(self, arrival, departure):
        """Return whether another stay, or a closure, has the room of this one on some of these nights.

        :rtype: bool
        """
        self.ensure_one()
        # a guest sees no stays of others
        others = self.sudo().search_count(
            [
                ("room_id", "=", self.room_id.id),
                ("id", "!=", self.id),
                ("state", "in", ("held", "booked", "in_house")),
                ("arrival_date", "<", departure),
                ("departure_date", ">", arrival),
            ],
            limit=1,
        )
        closures = self.env["hotel.room.closure"].sudo().search_count(
            [("room_id", "=", self.room_id.id), ("start_date", "<", departure), ("end_date", ">", arrival)], limit=1
        )
        return bool(others or closures)
