from odoo import api, fields, models


class HotelAccessLog(models.Model):
    """Somebody looked at or changed a guest."""

    _name = "hotel.access.log"
    _description = "Access Log"
    _order = "id desc"
    _log_access = False
    _rec_name = "action"

    logged_at = fields.Datetime(required=True, default=fields.Datetime.now, index=True)
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict")
    partner_id = fields.Many2one("res.partner", string="Guest", ondelete="set null")
    action = fields.Char(required=True)
    field_names = fields.Char(string="Fields")
    reason = fields.Char()
    origin = fields.Char(string="From")

    @api.model
    def _log(self, action, partner_ids, field_names=(), reason=None):
        """Write one entry per guest.

        :param str action: open, search, list, write, create, identity, export or unlink
        :param list[int] partner_ids: the guests
        :param Iterable[str] field_names: what was changed
        :param str reason: why, where one is asked for
        """
        self.sudo().create(
            [
                {
                    "user_id": self.env.uid,
                    "partner_id": partner_id,
                    "action": action,
                    "field_names": ",".join(field_names),
                    "reason": reason,
                }
                for partner_id in partner_ids
            ]
        )
