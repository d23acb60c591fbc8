"""Charges of a stay: nights that become due, what outlets post to the room, corrections."""

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ... import names
from .hotel_reservation_folio import QUIET


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    is_no_post = fields.Boolean(
        string="No Posting to the Room",
        copy=False,
        help="Outlets post nothing to this room: the guest pays there.",
    )

    def _get_night_product(self):
        """Return the service that a night of this stay is sold as: that of the type that was sold.

        :rtype: product.product, with sudo
        """
        self.ensure_one()
        # nobody at the desk needs rights on products
        room_type = (self.booked_room_type_id or self.room_type_id).sudo()
        return room_type.product_id or self.property_id._get_charge_product("room")

    def _get_night_description(self, day):
        """Return what stands on the bill for a night, in the language of who pays.

        :param date day: the evening of the night
        :rtype: str
        """
        self.ensure_one()
        reservation = self.reservation_id.sudo()
        payer = reservation.payer_id or reservation.partner_id
        stay = self.with_context(lang=payer.lang or self.env.lang)
        room_type = (stay.booked_room_type_id or stay.room_type_id).name or ""
        texts = {"room_type": room_type, "day": format_date(stay.env, day)}
        if stay.is_day_use:
            return stay.env._("%(room_type)s, day use on %(day)s", **texts)
        return stay.env._("%(room_type)s, night of %(day)s", **texts)

    def _post_nights(self, until_date):
        """Let the nights before a date be due: they have been slept. Those that are due stay as they are.

        Called by the day's end with the new business date, and at check-out. It can be run again.

        :param date until_date: nights of earlier evenings are due; day use when its day has begun
        :returns: how many nights became due
        :rtype: int
        """
        stays = self.filtered(lambda stay: stay.reservation_id and stay.state in ("in_house", "departed"))
        if not stays:
            return 0
        stays.reservation_id._sync_folio()
        # hotel staff have no rights on orders but to read those of their properties
        lines = self.env["sale.order.line"].sudo().search(
            [
                ("hotel_stay_id", "in", stays.ids),
                ("hotel_is_night", "=", True),
                ("hotel_posted_at", "=", False),
                ("hotel_service_date", "<=", until_date),
            ]
        )
        lines = lines.filtered(
            lambda line: line.hotel_service_date < until_date or line.hotel_stay_id.is_day_use
        )
        lines.order_id.hotel_reservation_id._confirm_folios()
        lines.with_context(**QUIET).write({"hotel_posted_at": fields.Datetime.now()})
        return len(lines)

    def _post_charge(self, outlet, kind, description, amount_gross, bill_ref="", product=None):
        """Post a charge to the room of a guest in house. The caller has checked who may post.

        :param hotel.outlet outlet: where; may be empty for charges of the desk
        :param str kind: kind of consumption
        :param str description: what stands on the bill
        :param float amount_gross: with tax, in the property's currency; more than 0
        :param str bill_ref: number of the outlet's bill
        :param product.product product: with the taxes that apply; default that of the outlet or the kind
        :rtype: sale.order.line, with sudo
        :raises UserError: not in house, no posting allowed, no amount, another property's outlet
        """
        self.ensure_one()
        self.reservation_id._lock_folios()
        self._check_charge(outlet, kind, amount_gross)
        reservation = self.reservation_id.sudo()
        folio = reservation._get_folio(self, kind)
        product = product or (outlet and outlet.sudo().product_id) or self.property_id._get_charge_product(kind)
        # outlets have no rights on orders
        return folio._add_charge(
            product.sudo(),
            amount_gross,
            name=description,
            hotel_stay_id=self.id,
            hotel_kind=kind,
            hotel_outlet_id=outlet.id if outlet else False,
            hotel_bill_ref=bill_ref,
            hotel_service_date=self.property_id.business_date,
        )

    def _check_charge(self, outlet, kind, amount_gross):
        """Refuse charges that cannot be posted to this stay.

        :raises UserError: with a sentence for the outlet
        """
        if not self.reservation_id or self.state != "in_house":
            raise UserError(self.env._("Charges are posted to guests who are in house."))
        if self.is_no_post:
            raise UserError(self.env._("Nothing is posted to this room: the guest pays at once."))
        if outlet and outlet.property_id != self.property_id:
            raise UserError(self.env._("The outlet belongs to another property."))
        if kind not in dict(self.env["hotel.consumption"]._fields["kind"].selection):
            raise UserError(self.env._("There is no such kind of charge."))
        if self.currency_id.compare_amounts(amount_gross, 0) <= 0:
            raise UserError(self.env._("Say how much it costs. What was too much is taken back as a correction."))

    def _find_in_house(self, hotel, room_name, guest_name):
        """Return the stay that an outlet may post to, by number of the room and name of the guest.

        Both must fit, and the same sentence answers every misfit: it tells nobody who sleeps where.

        :param hotel.property hotel: of the outlet
        :param str room_name: number on the door
        :param str guest_name: as the guest says or writes it: a part of the name, letters as they come
        :rtype: hotel.stay
        :raises UserError: not in house, another name, or no posting to this room
        """
        number = (room_name or "").strip()
        rooms = self.env["hotel.room"].search(
            [("property_id", "=", hotel.id), ("name", "in", {number, number.upper(), number.lower()})]
        )
        stays = self.search([("room_id", "in", rooms.ids), ("state", "=", "in_house")])
        fitting = stays.filtered(lambda stay: stay._is_name_of_guest(guest_name))
        if len(fitting) != 1 or fitting.is_no_post or not fitting.reservation_id:
            raise UserError(
                self.env._("Nothing can be posted to room %(room)s under this name.", room=number)
            )
        return fitting

    def _is_name_of_guest(self, name):
        """Return whether somebody of this name sleeps in this room.

        :param str name: two letters at least (one Chinese character), any script
        :rtype: bool
        """
        self.ensure_one()
        wanted = names.fold(name)
        if not wanted or (len(wanted) < 2 and wanted.isascii()):
            return False
        # an outlet sees the name only where it knows it
        for guest in (self.sudo().partner_id | self.sudo().companion_ids):
            words = names.fold(guest.name)
            if wanted in words.split() or wanted == words or (not wanted.isascii() and wanted in words):
                return True
        return False

    def _get_last_night(self):
        """Return the last evening of this stay.

        :rtype: date
        """
        self.ensure_one()
        return self.departure_date - timedelta(days=0 if self.is_day_use else 1)
