"""The block list: guests whom the hotel does not take in, why and until when."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

BLOCK_FIELDS = {"hotel_block_reason", "hotel_block_note", "hotel_block_until"}
BLOCK_REASONS = [
    ("payment", "Unpaid Bills"),
    ("damage", "Damage"),
    ("conduct", "Conduct"),
    ("fraud", "Fraud"),
    ("authority", "Order of an Authority"),
    ("other", "Other"),
]


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_block_reason = fields.Selection(BLOCK_REASONS, string="Block Reason", copy=False)
    hotel_block_note = fields.Text(string="Block Note", copy=False)
    hotel_block_until = fields.Date(
        string="Blocked Until", copy=False, help="Last day of the block. Empty: without end."
    )
    hotel_is_blocked = fields.Boolean(
        string="Blocked", compute="_compute_hotel_is_blocked", search="_search_hotel_is_blocked"
    )

    _hotel_block_idx = models.Index("(hotel_block_until) WHERE hotel_block_reason IS NOT NULL")

    @api.depends("hotel_block_reason", "hotel_block_until")
    @api.depends_context("tz")
    def _compute_hotel_is_blocked(self):
        today = fields.Date.context_today(self)
        for partner in self:
            until = partner.hotel_block_until
            partner.hotel_is_blocked = bool(
                partner.hotel_block_reason and (not until or until >= today)
            )

    def _search_hotel_is_blocked(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        blocked = fields.Domain("hotel_block_reason", "!=", False) & (
            fields.Domain("hotel_block_until", "=", False)
            | fields.Domain("hotel_block_until", ">=", today)
        )
        if True in value and False in value:
            return fields.Domain.TRUE
        return blocked if True in value else ~blocked

    @api.model_create_multi
    def create(self, vals_list):
        self._check_hotel_block_rights(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_hotel_block_rights([vals])
        return super().write(vals)

    def action_hotel_unblock(self):
        """Lift the blocks of these guests. Callable by managers and approvers.

        :raises AccessError: for everybody else
        """
        blocked = self.filtered("hotel_block_reason")
        blocked._set_hotel_block(dict.fromkeys(BLOCK_FIELDS, False))
        for guest in blocked:
            guest._note_hotel_block(self.env._("The block was lifted."))

    def _set_hotel_block(self, vals):
        """Block guests or lift their blocks; the approver of a block need not edit guests.

        :param dict vals: values of BLOCK_FIELDS
        :raises AccessError: unless a manager or an approver asks
        """
        self.check_access("read")
        self._check_hotel_block_rights([vals])
        # rights were checked above; an approver may not write guests otherwise
        self.sudo().write(vals)

    def _note_hotel_block(self, text):
        """Leave a note on the guest's page, under the name of the present user."""
        # as above
        self.sudo().message_post(body=text, author_id=self.env.user.partner_id.id)

    def _check_hotel_block_rights(self, vals_list):
        """Only managers and approvers block a guest or lift a block."""
        user = self.env.user
        if self.env.su or not any(BLOCK_FIELDS & set(vals) for vals in vals_list):
            return
        if not (
            user.has_group("hotel_crm_base.group_manager")
            or user.has_group("hotel_crm_base.group_approver")
        ):
            raise AccessError(self.env._("Blocking guests is for managers and approvers."))
