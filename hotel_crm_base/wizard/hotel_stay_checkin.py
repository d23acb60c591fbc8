from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.hotel_crm_base.models.booking.hotel_reservation_money import MONEY


class HotelStayCheckin(models.TransientModel):
    """The arrival of guests: who they are, their documents, their room."""

    _name = "hotel.stay.checkin"
    _description = "Check-In"

    stay_id = fields.Many2one("hotel.stay", required=True, readonly=True, ondelete="cascade")
    property_id = fields.Many2one(related="stay_id.property_id")
    is_document_required = fields.Boolean(related="property_id.is_document_required")
    arrival_date = fields.Date(related="stay_id.arrival_date")
    departure_date = fields.Date(related="stay_id.departure_date")
    nights = fields.Integer(related="stay_id.nights")
    room_type_id = fields.Many2one(related="stay_id.room_type_id")
    room_id = fields.Many2one("hotel.room", ondelete="cascade", domain="[('id', 'in', free_room_ids)]")
    free_room_ids = fields.Many2many("hotel.room", compute="_compute_free_room_ids")
    room_warning = fields.Char(compute="_compute_room_warning")
    guest_ids = fields.One2many("hotel.stay.checkin.guest", "checkin_id", string="Guests")
    is_blocked = fields.Boolean(compute="_compute_alert")
    alert = fields.Char(compute="_compute_alert")
    note = fields.Text(related="stay_id.note")
    currency_id = fields.Many2one(related="stay_id.currency_id")
    amount_paid = fields.Monetary(related="stay_id.reservation_id.amount_paid", groups=MONEY)
    balance = fields.Monetary(related="stay_id.reservation_id.balance", groups=MONEY)
    deposit_due = fields.Monetary(related="stay_id.reservation_id.deposit_due", groups=MONEY)
    credit_hint = fields.Char(related="stay_id.reservation_id.credit_hint", groups=MONEY)
    is_signed = fields.Boolean(string="Card Signed", compute="_compute_is_signed")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        stay = self.env["hotel.stay"].browse(values.get("stay_id"))
        if stay:
            values["room_id"] = stay._get_check_in_room().id
            values["guest_ids"] = [
                Command.create({"partner_id": guest.id, "name": guest.name}) for guest in stay._get_registered_guests()
            ]
        return values

    @api.depends("stay_id")
    def _compute_free_room_ids(self):
        for checkin in self:
            stay = checkin.stay_id
            checkin.free_room_ids = stay._get_free_rooms() if stay else checkin.room_id.browse()

    @api.depends("room_id", "stay_id")
    def _compute_room_warning(self):
        for checkin in self:
            room, stay = checkin.room_id, checkin.stay_id
            texts = []
            if room and stay and room not in stay._get_free_rooms():
                texts.append(self.env._("Room %(room)s is taken or out of order.", room=room.name))
            elif room and stay._get_occupants(room):
                texts.append(self.env._("The guest of room %(room)s has not checked out yet.", room=room.name))
            if room and room.housekeeping_state == "dirty":
                texts.append(self.env._("Room %(room)s is dirty.", room=room.name))
            if room and stay.room_type_id and room.room_type_id != stay.room_type_id:
                texts.append(self.env._("Another type than the one booked: %(type)s.", type=room.room_type_id.name))
            checkin.room_warning = " ".join(texts)

    @api.depends("stay_id", "guest_ids.partner_id")
    def _compute_alert(self):
        for checkin in self:
            guests = checkin.guest_ids.partner_id | checkin.stay_id.partner_id
            checkin.is_blocked = any(guests.mapped("hotel_is_blocked"))
            flags = [text for guest in guests for level, text in guest._get_hotel_flags() if level != "info"]
            checkin.alert = " · ".join(flags)

    @api.depends("stay_id")
    def _compute_is_signed(self):
        for checkin in self:
            checkin.is_signed = bool(checkin.stay_id.registration_signed_at)

    def action_check_in(self):
        """Check the guests in. Callable by front office and managers.

        :rtype: dict: action
        :raises UserError: no room, a document is missing, a guest is blocked, or another day
        """
        self._check_in()
        return {"type": "ir.actions.act_window_close"}

    def action_check_in_and_print(self):
        """Check the guests in and print their registration card. Callable by front office and managers.

        :rtype: dict: action
        :raises UserError: as above
        """
        self._check_in()
        return {**self.stay_id.action_print_registration(), "close_on_report_download": True}

    def action_print(self):
        """Print the registration card before the check-in. Callable by front office and managers.

        :rtype: dict: action
        """
        self.ensure_one()
        return self.stay_id.action_print_registration()

    def _check_in(self):
        self.ensure_one()
        stay = self.stay_id
        stay.check_access("write")
        self._check_room()
        guests = self.guest_ids._settle()
        self._check_guests(guests | stay.partner_id)
        vals = {}
        if self.room_id and self.room_id != stay.room_id:
            vals["room_id"] = self.room_id.id
        companions = guests - stay.partner_id
        if companions != stay.companion_ids:
            vals["companion_ids"] = [Command.set(companions.ids)]
        if vals:
            stay.write(vals)
        stay.action_check_in()
        # numbers have gone where they belong
        self.guest_ids.unlink()

    def _check_room(self):
        """Refuse a check-in without a room, or to one that cannot be had.

        :raises UserError: with a sentence for the desk
        """
        if self.room_id and self.room_id not in self.stay_id._get_free_rooms():
            raise UserError(self.env._("Room %(room)s is taken or out of order.", room=self.room_id.name))
        if not self.room_id and self.property_id.room_ids:
            raise UserError(self.env._("Choose a room."))
        if self.stay_id._get_occupants(self.room_id):
            raise UserError(
                self.env._(
                    "The guest of room %(room)s has not checked out yet. Check out first, or choose another room.",
                    room=self.room_id.name,
                )
            )

    def _check_guests(self, guests):
        """Refuse blocked guests, and guests without a document where the hotel wants one.

        :param res.partner guests: all who will sleep here
        :raises UserError: with a sentence for the desk
        """
        for guest in guests.filtered("hotel_is_blocked"):
            raise UserError(
                self.env._(
                    "%(guest)s cannot be checked in (%(reason)s). Please call a manager, who can lift the block.",
                    guest=guest.name,
                    reason=guest.hotel_block_text,
                )
            )
        if self.property_id.is_document_required:
            today = self.property_id.business_date
            missing = guests.filtered(lambda guest: not guest._has_valid_document(today))
            if missing:
                raise UserError(
                    self.env._("An identity document is missing: %(guests)s.", guests=", ".join(missing.mapped("name")))
                )
