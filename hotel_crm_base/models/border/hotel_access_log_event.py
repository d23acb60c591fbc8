from odoo import api, models

#: parts of a guest whose change is one of the guest
PARTS = {
    None,
    "hotel.consent",
    "hotel.guest.preference",
    "hotel.guest.reference",
    "hotel.guest.relation",
}
#: action of the log -> kind of event; of a part any of them is a change
KINDS = {
    "create": "guest.created",
    "write": "guest.changed",
    "archive": "guest.changed",
    "merge": "guest.changed",
    "unlink": "guest.erased",
    "erase": "guest.erased",
}


class HotelAccessLog(models.Model):
    """Each change of a guest, by whatever path, leaves an entry: and is an event."""

    _inherit = "hotel.access.log"

    @api.model
    def _log(self, action, partner_ids, field_names=(), reason=None, *, contact_ids=(), model=None, count=None):
        more = {"contact_ids": contact_ids, "model": model, "count": count}
        result = super()._log(action, partner_ids, field_names, reason, **more)
        if action in KINDS and model in PARTS:
            kind = "guest.changed" if model else KINDS[action]
            partners = self.env["res.partner"]
            # whoever changes contacts need not see them all
            guests = partners.browse(contact_ids).exists().sudo().filtered("is_hotel_guest")
            guests |= partners.browse(filter(None, partner_ids)).sudo()
            self.env["hotel.event.delivery"]._hotel_emit(kind, guests)
        return result
