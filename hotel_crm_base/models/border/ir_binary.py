import psycopg2.errors

from odoo import api, models
from odoo.exceptions import MissingError
from odoo.tools import SQL


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _find_record(self, xmlid=None, res_model="ir.attachment", res_id=None, access_token=None, field=None):
        """A file that has just been made and is not on the replica yet is looked for in the database itself.

        :raises psycopg2.errors.ReadOnlySqlTransaction: the request is begun anew there, by Odoo
        """
        try:
            return super()._find_record(xmlid, res_model, res_id, access_token, field)
        except MissingError:
            if self.env.cr.readonly and res_id and not xmlid and self._is_newer(res_model, res_id):
                raise psycopg2.errors.ReadOnlySqlTransaction("a file is newer than the replica") from None
            raise

    @api.model
    def _is_newer(self, model, number):
        """Return whether a record may have been made after all that this database knows of its model.

        :rtype: bool
        """
        if model not in self.env or not self.env[model]._auto:
            return False
        last = SQL("SELECT coalesce(max(id), 0) FROM %s", SQL.identifier(self.env[model]._table))
        return number > self.env.execute_query(last)[0][0]
