from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError


class HotelGuestDuplicateHint(models.Model):
    """Two guests who may be one person, and why; managers look into it."""

    _name = "hotel.guest.duplicate.hint"
    _description = "Possible Duplicate"
    _order = "id desc"
    _rec_name = "reason"

    partner_a_id = fields.Many2one(
        "res.partner", string="Guest", required=True, index=True, ondelete="cascade", readonly=True
    )
    partner_b_id = fields.Many2one(
        "res.partner",
        string="Other Guest",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    reason = fields.Selection([("document", "Same Identity Document")], required=True, readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("dismissed", "Different Persons"), ("merged", "Merged")],
        required=True,
        default="open",
        readonly=True,
    )

    _pair_unique = models.UniqueIndex(
        "(partner_a_id, partner_b_id, reason)", "This pair is in the list already."
    )
    _two_guests = models.Constraint(
        "CHECK (partner_a_id < partner_b_id)", "Two different guests are needed."
    )

    @api.model
    def _note_pair(self, partner_a, partner_b, reason):
        """Note once that two guests may be one; nothing happens for a pair that is known.

        :param partner_a: one guest
        :param partner_b: the other one; the order does not matter
        :param str reason: a key of the field reason
        """
        first, second = sorted((partner_a.id, partner_b.id))
        if first == second:
            return
        # the list is written by the program only
        hints = self.sudo()
        vals = {"partner_a_id": first, "partner_b_id": second, "reason": reason}
        if hints.search_count([(name, "=", value) for name, value in vals.items()], limit=1):
            return
        try:
            with self.env.cr.savepoint():
                hints.create(vals).flush_recordset()
        except UniqueViolation:  # somebody else did at the same moment
            return

    def action_merge(self):
        """Show what a merge of the two would do, and ask. Callable by managers.

        :rtype: dict
        """
        self.ensure_one()
        self._check_manager()
        return self.env["hotel.merge.plan"]._open(self.partner_a_id, self.partner_b_id)

    def action_dismiss(self):
        """Say that these are different persons; managers."""
        self._check_manager()
        # the list is written by the program only
        self.sudo().state = "dismissed"

    def action_reopen(self):
        """Take a pair up again; managers."""
        self._check_manager()
        # the list is written by the program only
        self.sudo().state = "open"

    def _check_manager(self):
        self.check_access("read")
        if not self.env.user.has_group("hotel_crm_base.group_manager"):
            raise AccessError(self.env._("Possible duplicates are looked into by managers."))
