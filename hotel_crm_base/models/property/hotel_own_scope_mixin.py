"""Staff write what is theirs, and what they have written is still theirs."""

from odoo import api, models
from odoo.exceptions import AccessError

MANUAL = (False, None, "", "manual")
SOURCE_FIELDS = ("source_system", "source_ref")


class HotelOwnScopeMixin(models.AbstractModel):
    """Records that a user may neither hand over to strangers nor tie to their guests.

    Odoo's rules look at a record before it is written. These checks look at it afterwards.
    """

    _name = "hotel.own.scope.mixin"
    _description = "Writing in One's Own Scope"

    _guest_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        self._check_source_rights(vals_list)
        records = super().create([self._leave_out_derived(vals) for vals in vals_list])
        records._check_guests_visible(self._guest_fields)
        return records

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_source_rights([vals])
        vals = self._leave_out_derived(vals)
        result = super().write(vals)
        if "property_id" in vals or set(vals) & set(self._guest_fields):
            self.check_access("write")
            self._check_guests_visible(set(vals) & set(self._guest_fields))
        return result

    def _check_guests_visible(self, names):
        """Refuse guests whom the user does not see: their name would be shown."""
        for name in names:
            self[name].check_access("read")

    @api.model
    def _leave_out_derived(self, vals):
        """Return values without those that follow from other fields, such as the company."""
        derived = {name for name in vals if name in self._fields and self._is_derived(self._fields[name])}
        return {name: value for name, value in vals.items() if name not in derived}

    @api.model
    def _is_derived(self, field):
        return bool(field.related) and field.readonly and not field.inherited

    @api.model
    def _check_source_rights(self, vals_list):
        """Only managers, and accounts of other systems with their rights, write for other systems.

        A reversal names the system of the charge that it takes back.
        """
        foreign = any(
            vals.get(name) not in MANUAL
            for vals in vals_list
            for name in SOURCE_FIELDS
            if not (name == "source_system" and vals.get("reversal_of_id"))
        )
        defaults = any(f"default_{name}" in self.env.context for name in SOURCE_FIELDS)
        if (foreign or defaults) and not self.env.user.has_group("hotel_crm_base.group_manager"):
            raise AccessError(self.env._("Only managers record in the name of another system."))
