"""What there may be only once of a guest, or what has to be right from both: settled before and after the move."""

from odoo import models
from odoo.tools import SQL

#: not taken over from the guest who goes, though empty with the one who stays
KEPT_APART = {
    "id", "active", "parent_id", "company_id", "commercial_partner_id", "create_uid", "create_date", "write_uid",
    "write_date", "hotel_guest_code", "hotel_merged_into_id", "is_company", "type", "employee", "user_id", "color",
    "barcode", "message_bounce", "hotel_sms_bounces", "signup_type", "hotel_block_reason", "hotel_block_note",
    "hotel_block_until", "customer_rank", "supplier_rank", "hotel_is_to_match", "partner_latitude", "partner_longitude",
    "properties", "street", "street2", "zip", "city", "state_id", "country_id",
}  # fmt: skip
ADDRESS = ("street", "street2", "zip", "city", "state_id", "country_id")
BLOCK = ("hotel_block_reason", "hotel_block_note", "hotel_block_until")


class HotelMerge(models.Model):
    _inherit = "hotel.merge"

    def _settle_consents(self):
        """Of two current decisions on one purpose and channel a refusal counts, else the later one; both are kept."""
        # the one that yields: given where the other one is withdrawn, else the earlier one
        condition = SQL(
            """x.is_current AND x.partner_id = ANY(%s) AND EXISTS (
                   SELECT FROM hotel_consent o
                    WHERE o.is_current AND o.partner_id = ANY(%s) AND o.partner_id <> x.partner_id
                      AND o.purpose = x.purpose AND o.channel = x.channel
                      AND ((o.state = 'withdrawn')::int, o.decided_at, o.id)
                        > ((x.state = 'withdrawn')::int, x.decided_at, x.id))""",
            self._get_guest_ids_of_both(), self._get_guest_ids_of_both(),
        )  # fmt: skip
        self.env["hotel.merge.line"]._query_change(self, "hotel_consent", "is_current", SQL("FALSE"), condition)

    def _settle_preferences(self):
        """A preference of both is noted once, with what was noted at either: an allergy must not get lost."""
        note = SQL(
            """(SELECT CASE WHEN COALESCE(x.note, '') = '' THEN o.note ELSE x.note || '; ' || o.note END
                  FROM hotel_guest_preference o
                 WHERE o.partner_id = %s AND o.preference_id = x.preference_id)""",
            self.gone_id.id,
        )
        condition = SQL(
            """x.partner_id = %s AND EXISTS (
                   SELECT FROM hotel_guest_preference o
                    WHERE o.partner_id = %s AND o.preference_id = x.preference_id
                      AND COALESCE(o.note, '') <> '' AND o.note IS DISTINCT FROM x.note)""",
            self.kept_id.id, self.gone_id.id,
        )  # fmt: skip
        self.env["hotel.merge.line"]._query_change(self, "hotel_guest_preference", "note", note, condition)

    def _settle_logins(self, login):
        """One guest has one login: of two the other one is archived."""
        users = self.env["res.users"].with_context(active_test=False)
        mine = users.search([("partner_id", "=", self.kept_id.id), ("active", "=", True)], order="id")
        moved = self.env.execute_query(
            SQL(
                """SELECT row_number FROM hotel_merge_line
                    WHERE merge_id = %s AND table_name = 'res_users' AND column_name = 'partner_id'""",
                self.id,
            )
        )
        came = mine.browse([number for (number,) in moved]) & mine
        own = mine - came
        if own and came:
            yielding = own if login == "gone" else came
            condition = SQL("x.id = ANY(%s)", yielding.ids)
            self.env["hotel.merge.line"]._query_change(self, "res_users", "active", SQL("FALSE"), condition)

    def _settle_picture(self):
        """The picture of the guest who goes is taken where the other one has none."""
        pictures = SQL("res_model = 'res.partner' AND res_field LIKE 'image%%'")
        condition = SQL(
            """x.res_id = %s AND x.id IN (SELECT id FROM ir_attachment WHERE res_id = %s AND %s)
               AND NOT EXISTS (SELECT FROM ir_attachment WHERE res_id = %s AND %s)""",
            self.gone_id.id, self.gone_id.id, pictures, self.kept_id.id, pictures,
        )  # fmt: skip
        self.env["hotel.merge.line"]._query_change(
            self, "ir_attachment", "res_id", SQL("%s", self.kept_id.id), condition
        )

    def _settle_pairs(self):
        """The pair is decided; other pairs of the guest who goes are for the next search to find."""
        condition = SQL("%s IN (x.partner_a_id, x.partner_b_id) AND x.state = 'open'", self.gone_id.id)
        self.env["hotel.merge.line"]._query_change(self, "hotel_duplicate_pair", "state", SQL("'merged'"), condition)

    def _settle_guests(self, values):
        """Fill and choose values of the guest who stays, archive the other one; whatever changed is journaled."""
        kept, gone, journal = self.kept_id, self.gone_id, self.env["hotel.merge.line"]
        self.env.invalidate_all()
        family = SQL("SELECT id FROM res_partner WHERE id = %s OR id = %s OR commercial_partner_id = %s",
                     gone.id, kept.id, kept.id)  # fmt: skip
        snapshot = journal._query_snapshot(family)
        is_renamed = "name" in values and values["name"] != kept.name
        self._query_write_guest(kept, self._prepare_kept_vals(values))
        self._query_fill_company_values()
        self._query_write_guest(gone, {"active": False, "hotel_merged_into_id": kept.id})
        if is_renamed and kept.child_ids:
            # contacts of this one bear its name
            self.env.add_to_compute(kept._fields["complete_name"], kept.child_ids)
            self.env.flush_all()
        journal._query_difference(self, snapshot)

    def _prepare_kept_vals(self, values):
        """Return what the guest who stays is to have: what was chosen, empty values filled, the stricter block."""
        kept, gone = self.kept_id, self.gone_id
        chosen = {name: value for name, value in values.items() if name in kept._fields}
        filled = {
            name: gone[name]
            for name, field in kept._fields.items()
            if field.store and field.column_type and not field.compute and not field.company_dependent
            and name not in KEPT_APART and name not in chosen and not kept[name] and gone[name]
        }  # fmt: skip
        if not any(kept[name] for name in ADDRESS) and not set(ADDRESS) & set(chosen):
            filled |= {name: gone[name] for name in ADDRESS}
        vals = {**filled, **self._prepare_block_vals(), **chosen, "hotel_is_to_match": False}
        registered = [guest.hotel_registered_at for guest in kept | gone if guest.hotel_registered_at]
        vals |= {"hotel_registered_at": min(registered, default=False)}
        vals |= {name: max(kept[name], gone[name]) for name in ("customer_rank", "supplier_rank")}
        kept._set_hotel_birth_mmdd(vals)
        if kept.company_id and not gone.company_id:
            vals["company_id"] = False  # known to the whole chain already
        vals = {name: value.id if isinstance(value, models.BaseModel) else value for name, value in vals.items()}
        return {**vals, **self._derive(kept, vals)}

    def _derive(self, kept, vals):
        """Return the stored computed fields of the contact that follow from new values."""
        draft = kept.new(vals, origin=kept)
        return {
            name: draft[name].id if field.type == "many2one" else draft[name]
            for name, field in kept._fields.items()
            if field.store and field.compute and field.column_type and not field.company_dependent
            and name not in KEPT_APART and name not in vals
            and field.type not in ("properties", "binary") and draft[name] != kept[name]
        }  # fmt: skip

    def _prepare_block_vals(self):
        """Return the block of who is blocked; of two blocks the one that lasts longer."""
        kept, gone = self.kept_id, self.gone_id

        def lasts(guest):
            until = guest.hotel_block_until
            return (bool(guest.hotel_block_reason), not until, until or self.create_date.date())

        stricter = gone if lasts(gone) > lasts(kept) else kept
        vals = {name: stricter[name] for name in BLOCK}
        notes = [guest.hotel_block_note for guest in kept | gone if guest.hotel_block_reason and guest.hotel_block_note]
        return {**vals, "hotel_block_note": "\n".join(dict.fromkeys(notes)) or vals["hotel_block_note"]}

    def _query_write_guest(self, guest, vals):
        """Write columns of a contact; SQL, because the ORM would change rows of others that no journal sees,

        such as the name on invoices, which stays the one that they were made out to.
        """
        columns = [
            SQL("%s = %s", SQL.identifier(name), guest._fields[name].convert_to_column(value, guest))
            for name, value in vals.items()
        ]
        self.env.cr.execute(SQL("UPDATE res_partner SET %s WHERE id = %s", SQL(", ").join(columns), guest.id))
        guest.invalidate_recordset(flush=False)

    def _query_fill_company_values(self):
        """Take over what a company has set for the guest who goes only; SQL because of the form of the columns."""
        names = [
            SQL.identifier(field.name)
            for field in self.env["res.partner"]._fields.values()
            if field.company_dependent and field.store and field.name != "barcode"
        ]
        if names:
            values = SQL(", ").join(
                SQL("%(name)s = CASE WHEN o.%(name)s IS NULL THEN p.%(name)s"
                    " ELSE o.%(name)s || COALESCE(p.%(name)s, '{}') END", name=name)
                for name in names
            )  # fmt: skip
            self.env.cr.execute(
                SQL("UPDATE res_partner p SET %s FROM res_partner o WHERE p.id = %s AND o.id = %s",
                    values, self.kept_id.id, self.gone_id.id)
            )  # fmt: skip

    def _get_guest_ids_of_both(self):
        return [self.kept_id.id, self.gone_id.id]
