"""EncryptedChar: a text that the database holds only encrypted.

A model declares the façade and its two columns, and inherits ``hotel.encrypted.mixin``::

    number = EncryptedChar("Number")
    number_enc = fields.Char(**ENCRYPTED_COLUMN)
    number_bidx = fields.Char(index="btree_not_null", **ENCRYPTED_COLUMN)

The façade is for writing. It is never read through the ORM, by anybody: not by read,
export, grouping, templates or the superuser; nothing of it stays in a cache. A model
that may show the value does so in a method of its own, which asks who and why and
logs it, and then calls ``field.reveal(record)``. Code that runs as superuser may search
by it: equal, in, set or not set.
"""

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.orm.models import NO_ACCESS, BaseModel

from .identity import normalise

#: attributes of the columns that belong to a façade: out of reach for every user
ENCRYPTED_COLUMN = {
    "groups": NO_ACCESS,
    "copy": False,
    "prefetch": False,
    "exportable": False,
    "readonly": True,
}


class EncryptedChar(fields.Char):
    """Façade over ``<name>_enc`` (cipher text) and ``<name>_bidx`` (blind index).

    The blind index is kept where the model has that column. Values are compared by
    their normalised form (``identity.normalise``).
    """

    def _get_attrs(self, model_class, name):
        attrs = super()._get_attrs(model_class, name)
        attrs.update(
            store=False,
            copy=False,
            readonly=False,
            exportable=False,
            prefetch=False,
            compute=self._compute_refused,
            inverse=self._inverse_encrypt,
            search=self._search_blind,
        )
        attrs.pop("tracking", None)
        return attrs

    @property
    def context_name(self) -> str:
        """What ties cipher texts and blind indexes to this field: ``model.field``."""
        return f"{self.model_name}.{self.name}"

    @property
    def enc_name(self) -> str:
        """Name of the column with the cipher text."""
        return f"{self.name}_enc"

    @property
    def bidx_name(self) -> str:
        """Name of the column with the blind index."""
        return f"{self.name}_bidx"

    def _compute_refused(self, records):
        """Refuse: there is no way to read the value through the ORM."""
        raise AccessError(
            records.env._("%s is encrypted and cannot be read this way.", self.string)
        )

    def _inverse_encrypt(self, records):
        """Store what was written: encrypted, with its blind index."""
        keys = records.env["hotel.data.key"]
        # the columns are closed to users; who may write the façade was checked before
        records = records.sudo()
        with keys._user_errors():
            ring = keys._get_keyring() if any(records.mapped(self.name)) else None
            for record in records:
                vals = self.prepare_columns(records, ring, record[self.name])
                BaseModel.write(record, vals)  # part of a write that the model has seen

    def prepare_columns(self, model, ring, value: str | None) -> dict:
        """Return the values of the stored columns.

        :param model: the model of the field, for its columns
        :param vault.Keyring | None ring: of this database; clearing needs none
        :param value: clear text; empty clears the columns
        """
        vals = {self.enc_name: ring.encrypt(value, self.context_name) if value else False}
        if self.bidx_name in model._fields:
            form = normalise(value) if value else ""
            vals[self.bidx_name] = ring.blind(form, self.context_name) if form else False
        return vals

    def _search_blind(self, records, operator, value):
        """Search by equality, for code that runs as superuser; everybody else is refused."""
        if not records.env.su:
            self._compute_refused(records)
        if operator != "in":
            return NotImplemented
        keys = records.env["hotel.data.key"]
        domain = Domain(self.enc_name, "=", False) if False in value else Domain.FALSE
        forms = [form for form in (normalise(item) for item in value if item) if form]
        if forms:
            with keys._user_errors():
                ring = keys._get_keyring()
                blinds = [
                    blind for form in forms for blind in ring.blinds(form, self.context_name)
                ]
            domain |= Domain(self.bidx_name, "in", blinds)
        return domain

    def reveal(self, record) -> str | bool:
        """Return the clear text of one record, past every right: the caller has asked and logged.

        :raise vault.VaultError: the key is missing or wrong, or the value is damaged
        """
        record.ensure_one()
        # the column is closed to users
        token = record.sudo()[self.enc_name]
        if not token:
            return False
        return record.env["hotel.data.key"]._get_keyring().decrypt(token, self.context_name)
