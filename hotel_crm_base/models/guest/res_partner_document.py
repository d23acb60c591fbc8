from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _has_valid_document(self, day):
        """Return whether this guest has shown an identity document that is valid on a day.

        :param date day: of the property
        :rtype: bool
        """
        self.ensure_one()
        # a yes or no; the documents themselves stay closed
        documents = self.sudo().hotel_document_ids
        return any(
            document.number_hint and (not document.valid_until or document.valid_until >= day) for document in documents
        )
