import base64

from odoo import fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.hotel_crm_base.sheets import make_book

MOST = 100_000


class HotelCouponMake(models.TransientModel):
    """Many codes of one coupon, of whoever has them: for leaflets, partners, the press."""

    _name = "hotel.coupon.make"
    _description = "Make Codes"

    program_id = fields.Many2one(
        "loyalty.program",
        string="Coupon",
        required=True,
        domain="[('program_type', 'in', ('coupons', 'next_order_coupons'))]",
    )
    number = fields.Integer(string="Codes", required=True, default=100)
    expiration_date = fields.Date(string="Valid Until")
    file = fields.Binary(string="List", readonly=True)
    file_name = fields.Char(readonly=True)

    def action_make(self):
        """Make the codes and give the list of them, which is shown once. Callable by marketing.

        :raises AccessError: another role, or a programme that the user does not see
        :raises ValidationError: there are too many, or none
        """
        self.ensure_one()
        if not self.env.su and not self.env.user.has_group("hotel_crm_base.group_marketing"):
            raise AccessError(self.env._("Codes are made by marketing."))
        self.program_id.check_access("read")
        if not 1 <= self.number <= MOST:
            raise ValidationError(self.env._("Make 1 to %s codes in one go.", MOST))
        if self.file:
            raise UserError(self.env._("The codes were made already."))
        codes = self.program_id._hotel_make_codes(self.number, self.expiration_date or None).mapped("code")
        rows = [[code, self.expiration_date or None] for code in codes]
        book = make_book(self.env._("Codes"), [(self.env._("Code"), 22), (self.env._("Valid Until"), 14)], rows)
        self.write({"file": base64.b64encode(book), "file_name": f"{self.env._('Codes')}.xlsx"})
        return {
            "type": "ir.actions.act_window",
            "name": self._description,
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "new",
        }
