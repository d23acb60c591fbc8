"""Records that tell something about guests: reading and changing them leaves an entry.

Entries are left by what people and other systems call: the methods of the web client,
and the ORM's own where a remote call asks for them. Code that reads records leaves none.
"""

from odoo import api, models
from odoo.fields import Domain
from odoo.http import request

from ... import guards
from . import callers
from .access_frame import FRAMES, Frame

#: fields that say nothing about what somebody searched for
NOISE = {"is_hotel_guest", "active", "type", "company_id", "id"}
REFUSED_AT_MOST = 100


def leaves_entry(method):
    """Mark a reading method as one that writes: with a replica it is asked of the primary at once."""
    method._readonly = False
    return method


class HotelGuestTraceMixin(models.AbstractModel):
    """Records about guests: who reads or changes them is noted."""

    _name = "hotel.guest.trace.mixin"
    _description = "Traces of Access"

    _guest_fields = ("partner_id",)
    _is_change_traced = True

    # ---- reading ----------------------------------------------------------------------------

    @leaves_entry
    def web_read(self, specification):
        names = set(specification) - {"id"}
        if not names:
            return super().web_read(specification)
        with self._trace("open" if len(self) == 1 else "list", names) as frame:
            result = super().web_read(specification)
            self._add_shown(frame, names)
        return result

    @api.model
    @leaves_entry
    def web_search_read(self, domain, specification, *args, **kwargs):
        with self._trace_search(domain, specification) as frame:
            result = super().web_search_read(domain, specification, *args, **kwargs)
            frame.entry["count"] = result["length"]
        return result

    def web_save(self, vals, specification, next_id=None):
        """What is shown of a record just written needs no second entry; others have theirs."""
        with self._trace("list", specification) as frame:
            result = super().web_save(vals, specification, next_id=next_id)
            written = self if next_id or self else self.browse([row["id"] for row in result])
            known = Frame()
            written._add_shown(known, self._guest_fields)
            frame.leave_out(known)
        return result

    @leaves_entry
    def read(self, fields=None, load="_classic_read"):
        if not callers.is_called(self, "read"):
            return super().read(fields, load)
        with self._trace("open" if len(self) == 1 else "list", fields or ["*"]) as frame:
            result = super().read(fields, load)
            self._add_shown(frame)
        return result

    @api.model
    @leaves_entry
    def search_read(self, domain=None, fields=None, *args, **kwargs):
        result = super().search_read(domain, fields, *args, **kwargs)
        if callers.is_called(self, "search_read"):
            self._trace_rows(domain, fields or ["*"], [row["id"] for row in result])
        return result

    @api.model
    @leaves_entry
    def name_search(self, name="", domain=None, *args, **kwargs):
        result = super().name_search(name, domain, *args, **kwargs)
        if callers.is_called(self, "name_search"):
            self._trace_rows([("display_name", "ilike", name)], [], [row[0] for row in result])
        return result

    @api.model
    @leaves_entry
    def web_name_search(self, name, specification, *args, **kwargs):
        with self._trace_search([("display_name", "ilike", name)], specification) as frame:
            result = super().web_name_search(name, specification, *args, **kwargs)
            self.browse([row["id"] for row in result])._add_shown(frame)
        return result

    def onchange(self, values, field_names, fields_spec):
        """The first call on a record gives it away; later ones only what the user's typing changes."""
        result = super().onchange(values, field_names, fields_spec)
        if self and not field_names:
            with self._trace("open", fields_spec) as frame:
                self._add_shown(frame)
        return result

    def copy_data(self, default=None):
        if not callers.is_called(self, "copy_data"):
            return super().copy_data(default)
        with self._trace("open" if len(self) == 1 else "list", ["*"]) as frame:
            result = super().copy_data(default)
            self._add_shown(frame)
        return result

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        with self._trace("export", ["/".join(map(str, path)) for path in fields]) as frame:
            result = super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
            self._add_shown(frame)
        return result

    # ---- changing ---------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._trace_change("create", {name for vals in vals_list for name in vals})
        return records

    def write(self, vals):
        before = self._get_guest_ids() if self._is_traced() else ()
        result = super().write(vals)
        self._trace_change("write", vals, before)
        return result

    def unlink(self):
        before = self._get_guest_ids() if self._is_traced() else ()
        result = super().unlink()
        self._trace_change("unlink", (), before, gone=True)
        return result

    def _is_traced(self):
        return self._is_change_traced and not guards.is_given(self.env.context, guards.BULK)

    def _trace_change(self, action, field_names, former_ids=(), gone=False):
        """Note a change on the guests of these records, those of before and those of now."""
        if not self._is_traced():
            return
        now = set() if gone else self._get_guest_ids()
        self.env["hotel.access.log"]._log(action, {*now, *former_ids}, field_names, model=self._name)

    # ---- helpers ----------------------------------------------------------------------------

    def _get_guest_ids(self):
        """Return the ids of the guests whom these records are about.

        :rtype: set[int]
        """
        # who may do it is checked by what is traced, not by its trace
        records = self.sudo()
        return {
            number for name in self._guest_fields for number in records.mapped(name)._ids if isinstance(number, int)
        }

    def _add_shown(self, frame, names=None):
        """Add the guests of these records to what a call shows.

        A record inside one of another kind, such as a stay on the page of its guest, is about
        that one's guest, unless the guest is among the fields shown. A record being edited
        was noted when it was opened.

        :param Frame frame: of the call
        :param set names: fields shown, None for all
        """
        if not self or not all(self._ids):
            return
        outer = self.env.cr.cache[FRAMES][:-1]
        inside = any(other.entry["model"] != self._get_trace_model() for other in outer)
        if not inside or names is None or set(names) & set(self._guest_fields):
            frame.guest_ids |= self._get_guest_ids()

    def _trace(self, action, field_names):
        """Return the frame of a call of this model, to be entered."""
        return self.env["hotel.access.log"]._frame(action, field_names, self._get_trace_model())

    def _trace_search(self, domain, field_names):
        """Return the frame of a search, to be entered: of a search only the kind of key is noted."""
        keys = self._get_search_keys(domain)
        return self._trace("search" if keys else "list", keys or field_names)

    def _trace_rows(self, domain, field_names, ids):
        """Note what a search has found."""
        with self._trace_search(domain, field_names) as frame:
            frame.entry["count"] = len(ids)
            self.browse(ids)._add_shown(frame)

    @api.model
    def _get_trace_model(self):
        return self._name

    @api.model
    def _get_search_keys(self, domain):
        """Return the fields that a domain asks about, never the values.

        :rtype: set[str]
        """
        return {condition.field_expr for condition in Domain(domain or []).iter_conditions()} - NOISE

    def _trace_refused(self, field_names):
        """Note that a caller was refused these records."""
        if request:
            self.env["hotel.access.log"]._log_refused(self.ids[:REFUSED_AT_MOST], field_names)
