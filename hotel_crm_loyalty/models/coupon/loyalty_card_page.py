"""A coupon as its guest sees it."""

from markupsafe import Markup

from odoo import models
from odoo.tools import format_date

from ... import qr


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def _prepare_hotel_coupon(self):
        """Return a coupon as pages show it; see ``res.partner._get_hotel_coupons``."""
        self.ensure_one()
        program = self.program_id
        ends = [day for day in (self.expiration_date, program.date_to) if day]
        until = min(ends, default=False)
        return {
            "card": self,
            "name": program.reward_ids[:1]._get_hotel_name() if program.reward_ids else program.name,
            "program": program.name,
            "code": self.code,
            "state": self._get_hotel_coupon_state(until),
            "until": until,
            "until_text": format_date(self.env, until) if until else "",
            "hotels": ", ".join(program.hotel_property_ids.mapped("name")),
        }

    def _get_hotel_coupon_state(self, until):
        """Return valid, held, used or expired.

        :param date until: last day, or False
        :rtype: str
        """
        if self.points < min(self.program_id.reward_ids.mapped("required_points"), default=1):
            return "held" if any(use.state == "held" for use in self.hotel_use_ids) else "used"
        is_over = not self.program_id.active or (until and until < self.program_id._get_hotel_today())
        return "expired" if is_over else "valid"

    def _get_hotel_qr(self):
        """Return the code as a picture that a page holds itself: no address tells it.

        :rtype: Markup: an SVG image without a name of its own
        """
        self.ensure_one()
        return Markup(qr.draw(self.code))  # nosec: made of numbers only
