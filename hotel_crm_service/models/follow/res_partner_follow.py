from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _hotel_merge_map(self):
        return {**super()._hotel_merge_map(), "hotel.follow.up": "partner_id"}

    def _hotel_anonymize(self):
        """What was said goes; that somebody asked stays."""
        # closed to those who may erase but not see
        visits = self.env["hotel.follow.up"].sudo().search([("partner_id", "in", self.ids)])
        visits.message_ids.unlink()
        visits.with_context(tracking_disable=True).write({"note": False, "question": False})
        return super()._hotel_anonymize()

    def _hotel_export(self):
        data = super()._hotel_export()
        # closed to those who may export but not see
        visits = self.env["hotel.follow.up"].sudo().search([("partner_id", "=", self.id)], order="id")
        data[self.env._("Follow-Ups")] = [
            {"hotel": visit.property_id.name, "date": visit.planned_date, "result": visit.result, "note": visit.note}
            for visit in visits
        ]
        return data
