"""The guest's identity documents, and what they answer to the hooks of the guest."""

from odoo import api, fields, models

READERS = "hotel_crm_base.group_front_office,hotel_crm_base.group_identity"


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_document_ids = fields.One2many(
        "hotel.guest.document", "partner_id", string="Identity Documents", groups=READERS
    )

    @api.model
    def _hotel_merge_map(self):
        return {**super()._hotel_merge_map(), "hotel.guest.document": "partner_id"}

    def _hotel_anonymize(self):
        # closed to those who may erase but not see
        self.sudo().hotel_document_ids.unlink()
        return super()._hotel_anonymize()

    def _hotel_export(self):
        """Add the documents: the guest's own copy is the one place where numbers stand in clear."""
        data = super()._hotel_export()
        # closed to those who may export but not see
        documents = self.sudo().hotel_document_ids
        field = documents._fields["number"]
        with self.env["hotel.data.key"]._user_errors():
            data[self.env._("Identity Documents")] = [
                {
                    "document_type": document.document_type,
                    "country": document.country_id.name or "",
                    "number": field.reveal(document) or "",
                    "name_on_document": document.name_on_document or "",
                    "issue_date": document.issue_date,
                    "valid_until": document.valid_until,
                }
                for document in documents
            ]
        return data
