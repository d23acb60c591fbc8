"""Two guests turn out to be one: what is done, in which order, and how it is taken back."""

from psycopg2.errors import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ... import guards


class HotelMerge(models.Model):
    """One guest was merged into another one; the journal of it allows to undo it."""

    _name = "hotel.merge"
    _inherit = ["hotel.guest.trace.mixin"]
    _description = "Merge of Guests"
    _order = "id desc"
    _rec_name = "gone_name"

    _guest_fields = ("kept_id", "gone_id")
    _is_change_traced = False  # leaves entries of its own

    kept_id = fields.Many2one(
        "res.partner", string="Guest Who Stays", required=True, readonly=True, index=True, ondelete="restrict"
    )
    gone_id = fields.Many2one(
        "res.partner", string="Merged Guest", required=True, readonly=True, index=True, ondelete="restrict"
    )
    gone_name = fields.Char(string="Name of the Merged Guest", related="gone_id.name")
    gone_code = fields.Char(string="Former Member Number", related="gone_id.hotel_guest_code")
    state = fields.Selection(
        [("done", "Merged"), ("undone", "Undone"), ("sealed", "For Good")],
        required=True,
        default="done",
        readonly=True,
        index=True,
    )
    is_automatic = fields.Boolean(string="By Itself", readonly=True)
    row_count = fields.Integer(string="Values Changed", readonly=True, aggregator=None)
    user_id = fields.Many2one("res.users", string="Merged By", readonly=True, default=lambda self: self.env.uid)
    merged_at = fields.Datetime(string="Merged On", readonly=True, default=fields.Datetime.now)
    undone_by_id = fields.Many2one("res.users", readonly=True)
    undone_at = fields.Datetime(string="Undone On", readonly=True)
    line_ids = fields.One2many("hotel.merge.line", "merge_id", string="Journal")

    _gone_once = models.UniqueIndex("(gone_id) WHERE state <> 'undone'", "This guest is merged already.")

    # ---- who may ------------------------------------------------------------------------------

    @api.model
    def _is_merge_allowed(self):
        """Return whether the user may merge guests: managers, and the front office where it may approve."""
        user = self.env.user
        return user.has_group("hotel_crm_base.group_manager") or (
            user.has_group("hotel_crm_base.group_front_office") and user.has_group("hotel_crm_base.group_approver")
        )

    @api.model
    def _check_merge_rights(self):
        """Refuse whoever may not merge.

        :raises AccessError: always but for managers and the front office with the right to approve
        """
        if not self.env.su and not self._is_merge_allowed():
            raise AccessError(
                self.env._("Guests are merged by managers, and by the front office with the right to approve.")
            )

    # ---- doing --------------------------------------------------------------------------------

    @api.model
    def _merge_guests(self, kept, gone, values=None, login="kept", is_automatic=False):
        """Merge one guest into another one.

        :param res.partner kept: who stays
        :param res.partner gone: who is archived and from then on points to the other one
        :param dict values: field to the value that a person chose; else what is empty is filled
        :param str login: whose portal login stays where both have one, kept or gone
        :param bool is_automatic: nobody looked at it
        :rtype: hotel.merge, with sudo
        :raises UserError: with all that stands against it
        :raises AccessError: the user may not
        """
        self._check_merge_rights()
        (kept | gone).check_access("write")
        self.env.flush_all()
        self._query_lock_guests(kept | gone)
        problems = kept._get_hotel_merge_obstacles(gone)
        if problems:
            raise UserError("\n".join(problems))
        # rights were checked above; everything that points to a guest moves, whoever may see it
        merge = self.sudo().create({"kept_id": kept.id, "gone_id": gone.id, "is_automatic": is_automatic})
        merge._carry_out(values, login)
        self.env["hotel.access.log"]._log("merge", (kept | gone).ids)
        return merge

    def _carry_out(self, values, login):
        """Move everything, then bring the two guests themselves in order."""
        self.ensure_one()
        self._before_move()
        self.env.flush_all()
        self._move_rows()
        self._settle_logins(login)
        self._settle_picture()
        self._settle_pairs()
        self._settle_guests(values or {})
        self.env.invalidate_all()
        self._after_move()
        self.row_count = self.env["hotel.merge.line"].search_count([("merge_id", "=", self.id)])
        self._refresh_guests()

    def _move_rows(self):
        """Let everything that names the guest who goes name the one who stays; what is there twice stays.

        :returns: how many rows have moved
        :rtype: int
        """
        kept, gone = self.kept_id, self.gone_id
        journal, pointers = self.env["hotel.merge.line"], self.env["hotel.merge.map"]
        count = 0
        for pointer, _count in pointers._query_counts(pointers._get_pointers(), gone.id, kept.id, is_movable=False):
            target = kept.commercial_partner_id.id if pointer.column == "commercial_partner_id" else kept.id
            value, condition = SQL("%s", pointer.value(target)), pointer.movable(gone.id, kept.id)
            count += journal._query_change(self, pointer.table, pointer.column, value, condition, pointer.key)
        return count

    def _query_lock_guests(self, guests):
        """Lock the guests against another merge of one of them; SQL for the lock, the lowest number first.

        Whoever waited is told by the database that they have changed, and tries again on the new state.
        """
        self.env.cr.execute(SQL("SELECT FROM res_partner WHERE id = ANY(%s) ORDER BY id FOR UPDATE", guests.ids))
        guests.invalidate_recordset()

    def _refresh_guests(self):
        """Have everything computed anew that follows from what has moved."""
        guests = self.kept_id | self.gone_id
        self.env["hotel.guest.token"]._refresh_partners(guests.ids)
        self.env["hotel.guest.metric"]._refresh_partners(guests.ids)
        self.env["hotel.stay"]._query_queue_figures(SQL("stay.partner_id = ANY(%s)", guests.ids))
        self.env["hotel.consumption"]._query_queue_figures(SQL("line.partner_id = ANY(%s)", guests.ids))
        # who logs in as whom is remembered by the server
        self.env.registry.clear_cache()
        self.env.invalidate_all()

    # ---- undoing ------------------------------------------------------------------------------

    def action_undo(self):
        """Show what stands in the way of an undo, and ask. Callable by those who may merge.

        :rtype: dict
        """
        self.ensure_one()
        return self.env["hotel.merge.undo"]._open(self)

    def _undo(self, forced_ids=()):
        """Put back everything as it was, but for what has changed since.

        :param Iterable[int] forced_ids: lines of the journal that are put back all the same
        :raises UserError: with what stands against it
        """
        self.ensure_one()
        self._check_merge_rights()
        self.check_access("read")
        merge = self.sudo()  # rights were checked; what moves back is seen or not
        self.env.flush_all()
        self._query_lock_guests(merge.kept_id | merge.gone_id)
        merge.invalidate_recordset()
        problems = merge.with_env(self.env)._get_undo_obstacles()
        if problems:
            raise UserError("\n".join(problems))
        merge._before_undo()
        self.env.flush_all()
        is_as_left = not self.env["hotel.merge.line"].sudo()._query_conflicts(merge)
        try:
            with self.env.cr.savepoint():
                self.env["hotel.merge.line"].sudo()._query_restore(merge, list(forced_ids))
        except IntegrityError as error:
            raise UserError(
                self.env._("Something has taken the place of what would come back. Look at both guests first.")
            ) from error
        self.env.invalidate_all()
        if not is_as_left:
            merge._derive_again()
        merge.write({"state": "undone", "undone_by_id": self.env.uid, "undone_at": fields.Datetime.now()})
        merge._after_undo()
        merge._refresh_guests()
        self.env["hotel.access.log"]._log("merge", (merge.kept_id | merge.gone_id).ids, ["undo"])

    def _derive_again(self):
        """Have computed anew what follows from values of both guests, some of which are others now than before."""
        guests = self.kept_id | self.gone_id
        for field in self.env["hotel.merge.line"]._get_derived().values():
            self.env.add_to_compute(field, guests)
        self.env.flush_all()

    def _get_undo_obstacles(self):
        """Return why this merge cannot be undone now.

        :rtype: list[str]
        """
        merge = self.sudo()  # of the user's own merges some guests may be out of sight by now
        later = merge.search([("gone_id", "=", merge.kept_id.id), ("state", "!=", "undone")], limit=1)
        problems = []
        if merge.state == "undone":
            problems.append(self.env._("This merge was undone already."))
        elif merge.state == "sealed":
            problems.append(self.env._("One of the two guests was erased: this merge is for good."))
        if later:
            problems.append(
                self.env._("%s was merged with another guest since: undo that merge first.", merge.kept_id.display_name)
            )
        return problems + merge.kept_id.with_env(self.env)._get_hotel_merge_scope_problems(merge.gone_id)

    # ---- hooks --------------------------------------------------------------------------------

    def _before_move(self):
        """Hook: rows of both guests are about to become those of one; each addon settles what there may be only once.

        Whatever it changes goes through ``hotel.merge.line._query_change``.
        """
        self._settle_consents()
        self._settle_preferences()

    def _after_move(self):
        """Hook: everything names the guest who stays."""

    def _before_undo(self):
        """Hook: the journal is about to be put back."""

    def _after_undo(self):
        """Hook: both guests are there again."""

    def _forget(self):
        """Delete the journal: one of the guests is to be forgotten."""
        done = self.filtered(lambda merge: merge.state == "done")
        done.state = "sealed"
        self.env["hotel.merge.line"]._query_forget(self)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_erasure(self):
        if not guards.is_given(self.env.context, guards.ERASURE):
            raise UserError(self.env._("Merges are kept, so that they can be undone."))
