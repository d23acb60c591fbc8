"""The access log: who looked at or changed which guest. Append-only, for everybody."""

from contextlib import contextmanager, suppress

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..guest import callers
from ..guest.access_frame import FRAMES, Frame

ACTIONS = [
    ("open", "Opened"),
    ("search", "Searched"),
    ("list", "Listed"),
    ("create", "Created"),
    ("write", "Changed"),
    ("archive", "Archived"),
    ("merge", "Merged"),
    ("unlink", "Deleted"),
    ("identity", "Read Identity Number"),
    ("export", "Exported"),
    ("erase", "Erased"),
    ("refused", "Refused"),
]
ORIGINS = [
    ("client", "Web Client"),
    ("desk", "Front Desk"),
    ("portal", "Portal"),
    ("public", "Public Pages"),
    ("api", "API"),
    ("import", "Import"),
    ("cron", "Scheduled Job"),
    ("system", "System"),
]
MONTHS_PARAMETER = "hotel_crm_base.access_log_months"
MONTHS_DEFAULT = 24
MONTHS_LEAST = 6
GUESTS_PER_ROW = 10_000
FIELDS_LENGTH = 2000


class HotelAccessLog(models.Model):
    """Somebody looked at or changed a guest, or a list of guests."""

    _name = "hotel.access.log"
    _inherit = ["hotel.append.only.mixin"]
    _description = "Access Log"
    _order = "id desc"
    _log_access = False
    _rec_name = "action"

    _guard_name = "hotel_access_log_guard"
    # an erasure empties texts
    _guard_exception = """current_setting('hotel_crm.erasure', true) = 'on'
        AND (NEW.reason IS NULL OR NEW.reason = OLD.reason) AND (NEW.address IS NULL OR NEW.address = OLD.address)
        AND to_jsonb(NEW) - ARRAY['reason', 'address'] = to_jsonb(OLD) - ARRAY['reason', 'address']"""

    logged_at = fields.Datetime(string="Time", required=True, readonly=True, index=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", readonly=True, ondelete="restrict", help="Company of the user at that time."
    )
    action = fields.Selection(ACTIONS, required=True, readonly=True)
    model = fields.Char(string="What", readonly=True, help="Kind of record; empty where it is the guest as such.")
    # guests by number, without a foreign key: entries outlast the guest.
    # A list of guests is one row; their numbers are in the column guest_ids (int4[]).
    guest_id = fields.Integer(string="Guest Number", readonly=True, aggregator=None)
    guest_count = fields.Integer(string="Guests", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Guest", compute="_compute_partner_id", search="_search_partner_id"
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="Guests Shown",
        compute="_compute_partner_ids",
        search="_search_partner_id",
        context={"active_test": False},
    )
    field_names = fields.Char(
        string="Fields", readonly=True, help="Fields changed or shown; of a search, what was searched by."
    )
    reason = fields.Char(readonly=True)
    origin = fields.Selection(ORIGINS, string="From", required=True, readonly=True)
    address = fields.Char(readonly=True, help="Network address of the caller.")

    _guest_idx = models.Index("(guest_id, id) WHERE guest_id IS NOT NULL")
    # without a pending list, so that no reader pays for the lists of a thousand others
    _guests_idx = models.Index("USING gin (guest_ids) WITH (fastupdate = off) WHERE guest_ids IS NOT NULL")
    _user_idx = models.Index("(user_id, id)")
    _action_idx = models.Index("(action, id)")

    def _add_sql_constraints(self):
        """Make the array before the indexes; Odoo has no field of this type."""
        self.env.cr.execute("ALTER TABLE hotel_access_log ADD COLUMN IF NOT EXISTS guest_ids int4[]")
        return super()._add_sql_constraints()

    def _compute_partner_id(self):
        guests = self.env["res.partner"].browse({entry.guest_id for entry in self} - {0})
        known = set(guests.exists().ids)
        for entry in self:
            entry.partner_id = entry.guest_id if entry.guest_id in known else False

    def _compute_partner_ids(self):
        rows = self.env.execute_query(
            SQL("SELECT id, guest_ids FROM hotel_access_log WHERE id IN %s", tuple(self.ids) or (0,))
        )
        shown = {entry_id: guest_ids or [] for entry_id, guest_ids in rows}
        guests = self.env["res.partner"].browse({guest for ids in shown.values() for guest in ids})
        known = guests.exists()._filtered_access("read")
        for entry in self:
            ids = shown.get(entry.id) or [entry.guest_id]
            entry.partner_ids = known.browse(ids) & known | entry.partner_id

    def _search_partner_id(self, operator, value):
        """Find entries of guests, alone or in a list, by both indexes."""
        if operator in ("any", "any!"):
            value = self.env["res.partner"].search(value, limit=1000).ids
        elif operator != "in":
            return NotImplemented
        ids = [guest for guest in value if guest]
        none = Domain("guest_id", "=", False) & Domain("guest_count", "=", 0)
        if not ids:
            return none if any(not guest for guest in value) else Domain.FALSE

        def to_sql(_model, alias, _query):
            # an array of ids, else the planner walks the table backwards for rare guests
            return SQL(
                """%(id)s = ANY(ARRAY(SELECT id FROM hotel_access_log WHERE guest_id = ANY(%(ids)s)
                                UNION SELECT id FROM hotel_access_log WHERE guest_ids && %(ids)s::int4[]))""",
                id=SQL.identifier(alias, "id"),
                ids=ids,
            )

        found = Domain.custom(to_sql=to_sql)
        return found | none if any(not guest for guest in value) else found

    # ---- writing ----------------------------------------------------------------------------

    @api.model
    def _log(self, action, partner_ids, field_names=(), reason=None, *, contact_ids=(), model=None, count=None):
        """Note what the present user did, by one INSERT that flushes nothing.

        Values are never noted. A list of guests is one row, as one guest is. Without any guest
        there is a row for a search only.

        :param str action: open, search, list, create, write, archive, merge, unlink, identity,
            export, erase or refused
        :param Iterable[int] partner_ids: the guests
        :param Iterable[str] field_names: what was changed or shown; of a search: the kind of key
        :param str reason: why, where one is asked for
        :param Iterable[int] contact_ids: contacts of whom those that are guests are noted
        :param str model: kind of record, where it is not the guest as such
        :param int count: hits of a search, where not all of them are given
        """
        ids, contacts = (sorted({number for number in numbers if number}) for numbers in (partner_ids, contact_ids))
        if not ids and not contacts and (action != "search" or model):
            return
        details = (field_names, reason, model, count)
        if len(ids) + len(contacts) <= GUESTS_PER_ROW:
            self.env.cr.execute(self._query_insert(action, ids, contacts, *details))
            return
        for start in range(0, max(len(ids), len(contacts)), GUESTS_PER_ROW):
            part = slice(start, start + GUESTS_PER_ROW)
            for some in ((ids[part], []), ([], contacts[part])):
                if any(some):
                    self.env.cr.execute(self._query_insert(action, *some, *details))

    @api.model
    def _log_refused(self, partner_ids, field_names=()):
        """Note an attempt that was refused, though the request fails: on a connection of its own."""
        query = self._query_insert("refused", sorted(set(partner_ids)), [], field_names, None, None, None)
        with self.env.registry.cursor() as cr:
            cr.execute(query)

    @api.model
    def _query_insert(self, action, ids, contacts, field_names, reason, model, count):
        """Return the INSERT; SQL because opening a guest must stay cheap.

        A call that only reads does not wait for the disk at its end: its entry is on disk within
        the second.
        """
        guests = SQL("SELECT %s::int4[] AS ids", ids)
        if contacts:
            guests = SQL(
                """SELECT ARRAY(SELECT id FROM res_partner WHERE id = ANY(%s) AND is_hotel_guest
                          UNION SELECT unnest(%s::int4[])) AS ids""",
                contacts,
                ids,
            )
        return SQL(
            """INSERT INTO hotel_access_log (logged_at, user_id, company_id, action, model, guest_id,
                   guest_ids, guest_count, field_names, reason, origin, address)
               SELECT %(now)s, u.id, u.company_id, %(action)s, %(model)s,
                      CASE WHEN cardinality(ids) = 1 THEN ids[1] END,
                      CASE WHEN cardinality(ids) > 1 THEN ids END,
                      COALESCE(%(count)s, cardinality(ids)), %(names)s, %(reason)s,
                      CASE WHEN u.share AND %(origin)s IN ('client', 'desk') THEN 'portal' ELSE %(origin)s END,
                      %(address)s
                 FROM (%(guests)s) AS guests, res_users u %(wait)s
                WHERE u.id = %(user)s AND (%(always)s OR cardinality(ids) > 0)""",
            now=fields.Datetime.now(),
            user=self.env.uid,
            action=action,
            model=model,
            count=count,
            names=",".join(sorted(field_names))[:FIELDS_LENGTH] or None,
            reason=reason,
            origin=callers.get_origin(self.env),
            address=callers.get_address(),
            guests=guests,
            wait=SQL(", set_config('synchronous_commit', 'off', true)") if callers.is_reading() else SQL(),
            always=action == "search" and not model,
        )

    @contextmanager
    def _frame(self, action, field_names=(), model=None):
        """Gather the guests whom a call shows, and the calls inside it, and note them as one entry.

        The outermost call says what the entry is. A call that fails leaves none.

        :param str action: open, list, search or export
        :rtype: Frame
        """
        frames = self.env.cr.cache.setdefault(FRAMES, [])
        frame = Frame(action=action, field_names=field_names, model=model)
        frames.append(frame)
        try:
            yield frame
        finally:
            frames.pop()
        if frames:
            frames[-1].add_all(frame)
        else:
            self._log(partner_ids=frame.guest_ids, contact_ids=frame.contact_ids, **frame.entry)

    # ---- keeping ----------------------------------------------------------------------------

    @api.model
    def _get_months(self):
        """Return for how many months entries are kept.

        :rtype: int
        """
        months = MONTHS_DEFAULT
        with suppress(TypeError, ValueError):
            # a parameter for administrators, read on behalf of the cleaning job
            months = int(self.env["ir.config_parameter"].sudo().get_param(MONTHS_PARAMETER))
        return max(months, MONTHS_LEAST)

    @api.autovacuum
    def _gc_old_entries(self, batch=20_000):
        """Delete entries past their time, oldest first; the only way by which entries go."""
        before = fields.Datetime.now() - relativedelta(months=self._get_months())
        cr = self.env.cr
        cr.execute("SELECT set_config('hotel_crm.retention', 'on', true)")
        cr.execute(
            """DELETE FROM hotel_access_log WHERE id IN (
                   SELECT id FROM hotel_access_log WHERE logged_at < %s ORDER BY logged_at LIMIT %s)""",
            [before, batch],
        )
        count = cr.rowcount
        cr.execute("SELECT set_config('hotel_crm.retention', 'off', true)")
        self.invalidate_model()
        return count, count == batch
