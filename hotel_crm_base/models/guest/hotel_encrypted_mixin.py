from odoo import api, models

from odoo.addons.hotel_crm_base.fields import EncryptedChar


class HotelEncryptedMixin(models.AbstractModel):
    """A model with encrypted fields (see ``hotel_crm_base/fields.py``)."""

    _name = "hotel.encrypted.mixin"
    _description = "Encrypted Fields"

    @api.model
    def _get_encrypted_fields(self):
        """Return the encrypted fields of this model.

        :rtype: list[EncryptedChar]
        """
        return [field for field in self._fields.values() if isinstance(field, EncryptedChar)]

    @api.model
    def _has_field_access(self, field, operation):
        """Encrypted fields are written, never read: by nobody, the superuser included."""
        if operation == "read" and isinstance(field, EncryptedChar):
            return False
        return super()._has_field_access(field, operation)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._forget_clear_text()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._forget_clear_text()
        return result

    def _forget_clear_text(self):
        """Drop what was written from the cache: the columns hold it encrypted."""
        names = [field.name for field in self._get_encrypted_fields()]
        self.invalidate_recordset(names, flush=False)

    def _before_index_clash(self, field):
        """Hook: this record's value turned out to be taken while it got a new blind index.

        :param EncryptedChar field: whose index it is
        """
        raise NotImplementedError(f"{self._name} has a unique {field.bidx_name} and no way out")
