"""A reservation as its guest sees it: by login, or by the link that came with the e-mail."""

from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.tools import consteq

from ... import visitor

#: states in which a guest may still change or cancel
AHEAD = ("held", "confirmed")


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    arrival_hour = fields.Integer(
        string="Expected Hour of Arrival", default=-1, help="Hour of the day of arrival that the guest named; -1: none."
    )

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for reservation in self:
            reservation.access_url = f"/my/reservations/{reservation.id}"
        return result

    @api.model
    def _find_for_guest(self, reservation_id, token, user):
        """Return a reservation to whom it belongs, with sudo and in its company; none to all others.

        :param int reservation_id: as it came with the request
        :param token: the token of the link, as it came with the request
        :param res.users user: who is logged in, or the public user
        :rtype: hotel.reservation
        """
        # guests have no rights on reservations: this is what protects them
        reservation = self.sudo().browse(reservation_id).exists()
        owns = not user._is_public() and reservation.partner_id == user.partner_id
        knows = bool(token and reservation.access_token) and consteq(reservation.access_token, str(token))
        if not reservation or not (owns or knows):
            return self.sudo().browse()
        return reservation.with_company(reservation.company_id).with_context(hotel_by_guest=True)

    @api.model
    def _get_own_domain(self, partner):
        """Return which reservations a guest who is logged in has.

        :rtype: list
        """
        return [("partner_id", "=", partner.id), ("state", "!=", "draft")]

    def _get_payable(self):
        """Return what can be paid online now: what confirms the booking, and all that is open.

        :returns: due (float; has to be paid now), total (float; may be paid now)
        :rtype: dict
        """
        self.ensure_one()
        if self.state not in ("held", "confirmed", "in_house", "checked_out", "no_show") or self._is_request():
            return {"due": 0.0, "total": 0.0}
        total = max(self.balance, 0.0)
        return {"due": min(self.deposit_due, total) if self.state == "held" else 0.0, "total": total}

    def _get_token_query(self, token, **more):
        """Return the query of a link to another page of this booking; the token goes along where it came along.

        :rtype: str
        """
        query = urlencode({**({"access_token": token} if token else {}), **more})
        return f"?{query}" if query else ""

    def _get_hold_seconds(self):
        """Return for how many seconds the rooms are held yet.

        :rtype: int
        """
        self.ensure_one()
        if self.state != "held" or not self.hold_expires_at:
            return 0
        return max(0, int((self.hold_expires_at - fields.Datetime.now()).total_seconds()))

    def _get_payment_state(self):
        """Return how the last attempt to pay online went, as long as it matters to the guest.

        :returns: pending, failed, or empty
        :rtype: str
        """
        self.ensure_one()
        last = self.folio_ids.transaction_ids.filtered(lambda tx: tx.operation != "refund").sorted("id")[-1:]
        if not self._get_payable()["total"] or last.state not in ("pending", "cancel", "error"):
            return ""
        return "pending" if last.state == "pending" else "failed"

    def _get_shown_stays(self):
        """Return the stays that the guest sees: those that count, else what there was.

        :rtype: hotel.stay
        """
        self.ensure_one()
        return (self._get_live_stays() or self.stay_ids).sorted("id")

    def _is_request(self):
        """Return whether the hotel has still to say whether it takes this booking.

        :rtype: bool
        """
        self.ensure_one()
        return self.state == "held" and self.is_hold_endless

    def _is_changeable_online(self):
        """Return whether guests may change dates and room types themselves now.

        :rtype: bool
        """
        self.ensure_one()
        allowed = not self.policy_id or self.policy_id.is_change_allowed
        in_time = not self.free_until_at or fields.Datetime.now() <= self.free_until_at
        return self.state == "confirmed" and allowed and in_time

    def _is_cancellable_online(self):
        """Return whether guests may cancel themselves now.

        :rtype: bool
        """
        self.ensure_one()
        return self.state in AHEAD

    def _read_online_change(self, params):
        """Return what a guest wants to change.

        :param params: as they came with the request
        :returns: stay (the one meant; the first where none is named), changes (of `_change`; only what
            differs), problem (a sentence, or empty)
        :rtype: tuple[hotel.stay, dict, str]
        """
        self.ensure_one()
        stays = self.stay_ids.filtered(lambda stay: stay.state in ("held", "booked")).sorted("id")
        stay = stays.filtered(lambda stay: stay.id == visitor.read_id(params.get("stay"))) or stays[:1]
        if not stay or not params.get("arrival"):
            return stay, {}, ""
        pages = self.env["hotel.booking.page"]
        today = self.env["hotel.quote"].sudo()._get_first_arrival_date(self.property_id)
        search = visitor.read_search(params, today, self.property_id.horizon_days)
        room_type = stay.room_type_id
        wanted = visitor.read_id(params.get("type"))
        if wanted and wanted != room_type.id:
            room_type = pages._get_types(self.property_id).filtered(lambda kind: kind.id == wanted)
        wish = {
            "arrival_date": search.arrival_date,
            "departure_date": search.departure_date,
            "room_type_id": room_type.id,
            "adults": search.adults,
            "children": search.children,
        }
        now = {name: stay[name].id if name == "room_type_id" else stay[name] for name in wish}
        changes = {name: value for name, value in wish.items() if value != now[name]}
        if search.problem or not room_type:
            return stay, changes, pages._explain(search.problem or "type_wrong")
        return stay, changes, "" if changes else pages._explain("nothing_new")

    @api.model
    def _send_link(self, number, email):
        """Send the link to a booking to its booker, where number and address belong together.

        Says nothing: whoever asks is not to learn whether there is such a booking.

        :param str number: confirmation number
        :param str email: address, as it is stored
        """
        # visitors have no rights on reservations
        found = self.sudo().search([("name", "=", number)], limit=1)
        address = (found.partner_id.email_normalized or "").lower()
        if found and address and consteq(address, email.lower()):
            found._send_again()

    def _send_again(self):
        """Send what stands now, with the link to the page of the booking."""
        self.ensure_one()
        kinds = {"held": "request" if self._is_request() else "held", "cancelled": "cancelled"}
        moment = fields.Datetime.now().isoformat()
        return self.with_context(hotel_notice_again=moment)._notify(kinds.get(self.state, "confirmed"))
