from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError

from ..models.guest.identity_check import asks_identity

PERIOD = timedelta(minutes=1)


class HotelGuestDocumentScanShow(models.TransientModel):
    """The question why somebody wants to see a scan."""

    _name = "hotel.guest.document.scan.show"
    _description = "See a Scan"

    scan_id = fields.Many2one("hotel.guest.document.scan", required=True, readonly=True, ondelete="cascade")
    reason = fields.Char(required=True)
    is_spent = fields.Boolean(readonly=True)
    asked_at = fields.Datetime(readonly=True)

    @asks_identity
    def action_show(self):
        """Show the scan once; identity group.

        :rtype: dict: action
        :raises AccessError: not in the identity group
        :raises UserError: no reason, or too many in an hour
        """
        self.ensure_one()
        self.scan_id._check_may_show(self.reason)
        self.write({"asked_at": fields.Datetime.now(), "is_spent": False})
        return {"type": "ir.actions.act_url", "url": f"/hotel/scan/{self.id}", "target": "new"}

    def _take(self):
        """Return what was asked for: once, within a minute, to who asked.

        :returns: bytes and their kind
        :rtype: tuple[bytes, str]
        :raises AccessError: somebody else's question, an old one, or one that was answered
        """
        self.ensure_one()
        self.check_access("read")
        fresh = self.asked_at and self.asked_at > fields.Datetime.now() - PERIOD
        if self.is_spent or not fresh or self.create_uid != self.env.user:
            raise AccessError(self.env._("Please ask for the scan again."))
        content = self.scan_id._show(self.reason)
        self.is_spent = True
        return content, self.scan_id.mimetype
