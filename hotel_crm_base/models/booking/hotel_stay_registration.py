"""The registration card: printed and signed with a pen, or signed once on a page by the guest."""

import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.mimetypes import guess_mimetype

SIGNATURE_LIMIT = 300_000  # bytes; a drawn name has some thousand
NAME_LIMIT = 120
SIGNERS = "hotel_crm_base.group_front_office"


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    registration_signature = fields.Binary(
        string="Signature", attachment=True, copy=False, readonly=True, groups=SIGNERS
    )
    registration_signed_by = fields.Char(string="Signed By", copy=False, readonly=True, groups=SIGNERS)
    registration_signed_at = fields.Datetime(string="Signed At", copy=False, readonly=True, groups=SIGNERS)

    def action_print_registration(self):
        """Print the registration cards of these stays. Callable by front office.

        :rtype: dict: action
        """
        self.check_access("read")
        return self.env.ref("hotel_crm_base.hotel_registration_card_report_action").report_action(self)

    @api.model
    def _find_to_register(self, reservation, stay_id):
        """Return the stay of a booking whose card can be shown to its guest.

        :param hotel.reservation reservation: found for this guest already
        :param int stay_id: as it came with the request
        :rtype: hotel.stay
        """
        return reservation.stay_ids.filtered(
            lambda stay: stay.id == stay_id and stay.state in ("booked", "in_house", "departed")
        )

    def _can_be_signed(self):
        """Return whether the guest may sign the card now.

        :rtype: bool
        """
        self.ensure_one()
        return self.state in ("booked", "in_house") and not self.sudo().registration_signed_at

    def _sign_registration(self, name, signature):
        """Keep the guest's signature; what is signed stays signed.

        :param str name: as the guest wrote it
        :param str signature: a PNG picture, base64, as the page sends it
        :raises UserError: signed already, too late, or no picture
        """
        self.ensure_one()
        # of two at once the second one begins anew and finds the card signed
        self.env.execute_query(SQL("SELECT id FROM hotel_stay WHERE id = %s FOR NO KEY UPDATE", self.id))
        self.invalidate_recordset(["registration_signed_at"])
        if not self._can_be_signed():
            raise UserError(self.env._("This registration card is signed already, or the stay is over."))
        name = " ".join(name.split())[:NAME_LIMIT] if isinstance(name, str) else ""
        if not name:
            raise UserError(self.env._("Please write your name."))
        self.sudo().write(
            {
                "registration_signature": self._check_signature(signature),
                "registration_signed_by": name,
                "registration_signed_at": fields.Datetime.now(),
            }
        )

    @api.model
    def _check_signature(self, signature):
        """Return a signature as it is kept.

        :raises UserError: no picture, or too large a one
        """
        try:
            content = base64.b64decode(signature or "", validate=True)
        except (TypeError, ValueError, binascii.Error):
            content = b""
        if not content or len(content) > SIGNATURE_LIMIT or guess_mimetype(content) != "image/png":
            raise UserError(self.env._("Please sign in the field."))
        return base64.b64encode(content)

    def _get_registration_url(self):
        """Return the address of the page where the guest signs; empty for stays without a booking.

        :rtype: str
        """
        self.ensure_one()
        if not self.reservation_id:
            return ""
        # whoever asks the guest to sign may send him or her the link
        reservation = self.reservation_id.sudo()
        token = reservation._portal_ensure_token()
        return f"/my/reservations/{reservation.id}/registration/{self.id}?access_token={token}"

    def _get_registered_guests(self):
        """Return who is on the card, the guest first.

        :rtype: res.partner
        """
        self.ensure_one()
        return self.partner_id | self.companion_ids

    def _get_rate_with_tax(self):
        """Return what the nights of this stay cost as agreed, with tax where that is known.

        :returns: in the property's currency
        :rtype: float
        """
        self.ensure_one()
        # a guest reads the card of his or her own stay without rights on nights
        return sum(night.gross or night.rate for night in self.sudo().night_ids)
