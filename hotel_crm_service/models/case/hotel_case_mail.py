"""E-mails that become cases."""

from odoo import api, models
from odoo.tools import email_normalize, html2plaintext
from odoo.tools.mail import parse_contact_from_email


class HotelCase(models.Model):
    _inherit = "hotel.case"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Make a case of an e-mail. Called by the mail gateway.

        Who writes is matched with a guest only where one guest alone has that address.
        """
        name, address = parse_contact_from_email(msg_dict.get("email_from") or "")
        guest = self._find_sender(address)
        values = {
            "kind": "inquiry",
            **(custom_values or {}),
            "source": "email",
            "subject": msg_dict.get("subject") or "",
            "description": html2plaintext(msg_dict.get("body") or ""),
            "partner_id": guest.id,
            "contact_name": name or address or False,
            "contact_email": address or False,
        }
        return super().message_new(msg_dict, values)

    @api.model
    def _find_sender(self, address):
        """Return the guest who has an e-mail address, if it is one only.

        :rtype: res.partner, with sudo
        """
        # the gateway looks for whoever wrote
        guests = self.env["res.partner"].sudo()
        found = email_normalize(address or "")
        if not found:
            return guests
        guests = guests.search([("email_normalized", "=", found), ("is_hotel_guest", "=", True)], limit=2)
        return guests if len(guests) == 1 else guests.browse()

    def _creation_message(self):
        return self.env._("A case was made of an e-mail.")
