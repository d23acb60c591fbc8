"""Entries in the access log for guests as such: what people see, search, change and take away."""

from odoo import api, models
from odoo.exceptions import AccessError

from ... import guards
from ..guest import callers
from ..guest.hotel_guest_trace_mixin import leaves_entry

#: bookkeeping of other addons, which tells nothing about a guest
BOOKKEEPING = {"customer_rank", "supplier_rank", "signup_type", "message_follower_ids", "message_main_attachment_id"}


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "hotel.guest.trace.mixin"]

    _is_change_traced = False  # by the methods below, which know who is a guest

    def hotel_access_log_action(self):
        """Return the action that shows who looked at or changed this guest; managers.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_base.hotel_access_log_action")
        return {
            **action,
            "name": self.env._("Access Log: %s", self.name),
            "domain": [("partner_id", "=", self.id)],
            "context": {},
        }

    # ---- changing ---------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        guests = partners.sudo().filtered("is_hotel_guest")
        partners._log_hotel_change("create", guests, {name for vals in vals_list for name in vals})
        return partners

    def write(self, vals):
        # who is a guest is asked on behalf of the log, not of the user
        guests = self if vals.get("is_hotel_guest") else self.sudo().filtered("is_hotel_guest")
        result = super().write(vals)
        action = "archive" if "active" in vals and not vals["active"] else "write"
        self._log_hotel_change(action, guests, vals)
        return result

    def unlink(self):
        guests = self.sudo().filtered("is_hotel_guest")
        result = super().unlink()
        self._log_hotel_change("unlink", guests, ())
        return result

    def _log_hotel_change(self, action, guests, field_names):
        """Note a change of guests; the bulk path notes its own."""
        names = set(field_names) - BOOKKEEPING
        if guests and (names or action == "unlink") and not guards.is_given(self.env.context, guards.BULK):
            self.env["hotel.access.log"]._log(action, guests.ids, names)

    # ---- reading ----------------------------------------------------------------------------

    def _get_trace_model(self):
        return None

    def _add_shown(self, frame, names=None):
        """These contacts are shown themselves, wherever they are read, but for one being edited."""
        edited = callers.is_called(self, "onchange")
        shown = self.filtered("id") if edited else self._origin
        frame.contact_ids.update(shown.ids)

    @leaves_entry
    def web_read(self, specification):
        try:
            return super().web_read(specification)
        except AccessError:
            self._trace_refused(specification)
            raise

    @leaves_entry
    def read(self, fields=None, load="_classic_read"):
        try:
            return super().read(fields, load)
        except AccessError:
            if callers.is_called(self, "read"):
                self._trace_refused(fields or ["*"])
            raise

    @api.model
    @leaves_entry
    def search(self, domain, *args, **kwargs):
        found = super().search(domain, *args, **kwargs)
        if callers.is_called(self, "search"):
            self._trace_rows(domain, [], found.ids)
        return found

    @api.model
    @leaves_entry
    def search_count(self, domain, limit=None):
        count = super().search_count(domain, limit)
        if callers.is_called(self, "search_count"):
            self._trace_count(self._get_search_keys(domain), count)
        return count

    @api.model
    @leaves_entry
    def web_read_group(self, domain, groupby, *args, **kwargs):
        with self._trace("search", self._get_search_keys(domain) | self._get_group_keys(groupby)) as frame:
            result = super().web_read_group(domain, groupby, *args, **kwargs)
            frame.entry["count"] = result["length"]
        return result

    @api.model
    @leaves_entry
    def formatted_read_group(self, domain, groupby=(), *args, **kwargs):
        groups = super().formatted_read_group(domain, groupby, *args, **kwargs)
        if callers.is_called(self, "formatted_read_group"):
            self._trace_count(self._get_search_keys(domain) | self._get_group_keys(groupby), len(groups))
        return groups

    @api.model
    @leaves_entry
    def formatted_read_grouping_sets(self, domain, grouping_sets, *args, **kwargs):
        result = super().formatted_read_grouping_sets(domain, grouping_sets, *args, **kwargs)
        if callers.is_called(self, "formatted_read_grouping_sets"):
            keys = {key for groupby in grouping_sets for key in self._get_group_keys(groupby)}
            self._trace_count(self._get_search_keys(domain) | keys, sum(map(len, result)))
        return result

    @api.deprecated("Core's method of this name is; remote callers may still use it.")
    @api.model
    @leaves_entry
    def read_group(self, domain, fields, groupby, *args, **kwargs):
        groups = super().read_group(domain, fields, groupby, *args, **kwargs)
        if callers.is_called(self, "read_group"):
            keys = self._get_group_keys([groupby] if isinstance(groupby, str) else groupby)
            self._trace_count(self._get_search_keys(domain) | keys, len(groups))
        return groups

    @api.model
    @leaves_entry
    def get_mention_suggestions(self, search, limit=8):
        result = super().get_mention_suggestions(search, limit)
        self._trace_rows([("name", "ilike", search)], [], [row["id"] for row in result.get("res.partner", ())])
        return result

    def _get_vcard_file(self):
        self.env["hotel.access.log"]._log("export", (), ["vcard"], contact_ids=self.ids)
        return super()._get_vcard_file()

    @api.model
    def _get_group_keys(self, groupby):
        """Return the names of fields that a grouping asks about."""
        return {str(key).split(":")[0] for key in groupby}

    def _trace_count(self, keys, count):
        """Note a search that tells numbers only."""
        self.env["hotel.access.log"]._log("search", (), keys, count=count)
