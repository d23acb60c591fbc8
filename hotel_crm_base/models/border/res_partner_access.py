"""Who may do what with guests, beyond rules: which fields, and whose contacts."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

#: groups that manage contacts in Odoo's own right; ours do not restrict them
CONTACT_MANAGERS = ("base.group_partner_manager", "sales_team.group_sale_manager")
#: decided by those who manage contacts or sales: prices, terms, accounts, log-ins
COMMERCIAL_PREFIXES = ("property_", "specific_property_")
COMMERCIAL = {
    "autopost_bills",
    "bank_ids",
    "child_ids",
    "credit_limit",
    "customer_rank",
    "ignore_abnormal_invoice_amount",
    "ignore_abnormal_invoice_date",
    "invoice_warn_msg",
    "partner_share",
    "payment_token_ids",
    "ref_company_ids",
    "sale_warn_msg",
    "signup_type",
    "supplier_rank",
    "trust",
    "use_partner_credit_limit",
    "user_ids",
}
#: decided by managers of the hotel
MANAGERIAL = {"active", "company_id", "hotel_guest_code", "is_hotel_guest", "parent_id"}
#: said by the system only
DERIVED = {"hotel_registered_at", "hotel_birth_mmdd"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_hotel_restricted():
            defaults = {
                name.removeprefix("default_"): value
                for name, value in self.env.context.items()
                if name.startswith("default_")
            }
            self._check_hotel_block_rights([defaults])
            for vals in [defaults, *vals_list]:
                self._check_hotel_fields({name for name in vals if self._is_hotel_value_set(name, vals[name])})
        return super().create(vals_list)

    def write(self, vals):
        if self._is_hotel_restricted():
            self._check_hotel_no_colleague()
            self._check_hotel_fields({name for name in vals if self._is_hotel_value_new(name, vals[name])})
        return super().write(vals)

    def _has_field_access(self, field, operation):
        """What hotels know of their guests is for their staff; portal pages show guests their own."""
        return super()._has_field_access(field, operation) and (
            self.env.su or not field.name.startswith("hotel_") or self.env.user.has_group("hotel_crm_base.group_staff")
        )

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Searching by what one may not read would tell it: search methods do not ask."""
        if not self.env.su and not self.env.user.has_group("hotel_crm_base.group_staff"):
            domain = self._check_hotel_domain(domain)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _check_hotel_domain(self, domain):
        """Refuse a domain about what hotels know of their guests."""
        domain = Domain(domain)
        for condition in domain.iter_conditions():
            name = condition.field_expr.split(".")[0]
            if name in self._fields:
                self._check_field_access(self._fields[name], "read")
        return domain

    @api.model
    def _is_hotel_restricted(self):
        """Return whether the user writes contacts by the rights of a hotel role alone."""
        user = self.env.user
        return (
            not self.env.su
            and user.has_group("hotel_crm_base.group_staff")
            and not any(user.has_group(group) for group in CONTACT_MANAGERS)
        )

    def _check_hotel_no_colleague(self):
        """Refuse the contact of somebody with an account for staff, archived accounts too.

        Who may set a colleague's e-mail address may take over his or her account.
        """
        # accounts are not for roles to see
        users = self.sudo().with_context(active_test=False).user_ids
        if any(not user.share for user in users):
            raise AccessError(self.env._("Colleagues change their contact data themselves."))

    @api.model
    def _check_hotel_fields(self, names):
        """Refuse what a role does not decide."""
        refused = names & (COMMERCIAL | DERIVED)
        refused |= {name for name in names if name.startswith(COMMERCIAL_PREFIXES)}
        if not self.env.user.has_group("hotel_crm_base.group_manager"):
            refused |= names & MANAGERIAL
        if refused:
            labels = [self._fields[name]._description_string(self.env) for name in sorted(refused)]
            raise AccessError(self.env._("Your role does not set: %s", ", ".join(map(str, labels))))

    @api.model
    def _is_hotel_value_set(self, name, value):
        """Return whether a value of a new contact says anything."""
        if name not in self._fields or name == "is_hotel_guest":
            return False
        return not value if name == "active" else bool(value)

    def _is_hotel_value_new(self, name, value):
        """Return whether a value differs from that of one of these contacts."""
        field = self._fields.get(name)
        if field is None or not (name in COMMERCIAL | MANAGERIAL | DERIVED or name.startswith(COMMERCIAL_PREFIXES)):
            return False
        if field.type in ("one2many", "many2many"):
            return bool(value)
        # compared on behalf of the check, whatever the user may read
        return any(field.convert_to_write(partner[name], partner) != value for partner in self.sudo())
