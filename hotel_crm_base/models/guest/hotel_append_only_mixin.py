"""Tables that the system adds rows to and nobody changes: refused by the ORM, and by the database itself."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: rows are deleted by a job or an erasure that says so, changed where an exception of the model allows it
GUARD = """
CREATE OR REPLACE FUNCTION %(guard)s() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('hotel_crm.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND (%(exception)s) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = TG_TABLE_NAME || ' is append-only.';
END $$;
CREATE OR REPLACE TRIGGER %(guard)s BEFORE UPDATE OR DELETE ON %(table)s
    FOR EACH ROW EXECUTE FUNCTION %(guard)s();
CREATE OR REPLACE TRIGGER %(truncate)s BEFORE TRUNCATE ON %(table)s
    FOR EACH STATEMENT EXECUTE FUNCTION %(guard)s();
"""


class HotelAppendOnlyMixin(models.AbstractModel):
    """Rows that only SQL of the model's own adds."""

    _name = "hotel.append.only.mixin"
    _description = "Append-Only Rows"

    #: name of the guard in the database, which the addon's uninstall hook drops
    _guard_name = None
    #: SQL condition on OLD and NEW under which a row may be changed after all
    _guard_exception = "FALSE"

    def init(self):
        """Let the database refuse changes as well."""
        if self._guard_name:
            self.env.cr.execute(
                SQL(
                    GUARD,
                    guard=SQL.identifier(self._guard_name),
                    truncate=SQL.identifier(f"{self._guard_name}_truncate"),
                    table=SQL.identifier(self._table),
                    exception=SQL(self._guard_exception),
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_change()

    def write(self, vals):
        self._refuse_change()

    def unlink(self):
        self._refuse_change()

    def _refuse_change(self):
        """Refuse whatever comes through the ORM.

        :raises UserError: always
        """
        name = self.env["ir.model"]._get(self._name).name
        raise UserError(self.env._("%s: rows are written by the system and changed by nobody.", name))
