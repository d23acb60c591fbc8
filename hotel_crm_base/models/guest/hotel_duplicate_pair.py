from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL

from ...matching import compare

#: how likely two guests with one document are one person: nearly, but never so that nobody has to look
DOCUMENT_PROBABILITY = 0.99


class HotelDuplicatePair(models.Model):
    """Two guests who are likely one person, and how likely; managers look at them side by side."""

    _name = "hotel.duplicate.pair"
    _inherit = ["hotel.guest.trace.mixin"]
    _description = "Likely Duplicate"
    _order = "probability desc, id desc"
    _rec_name = "reason_text"
    _log_access = False

    _guest_fields = ("partner_a_id", "partner_b_id")
    _is_change_traced = False  # what is changed is an opinion about guests, not the guests

    partner_a_id = fields.Many2one(
        "res.partner", string="Guest", required=True, ondelete="cascade", readonly=True, index=True
    )
    partner_b_id = fields.Many2one(
        "res.partner", string="Other Guest", required=True, ondelete="cascade", readonly=True, index=True
    )
    probability = fields.Float(readonly=True, aggregator="avg", help="That both are one person, 0 to 1.")
    levels = fields.Char(readonly=True, help="How much each field agrees, as compared by the search.")
    reason_text = fields.Char(string="What Agrees", compute="_compute_reason_text")
    contrast_text = fields.Char(string="What Differs", compute="_compute_reason_text")
    state = fields.Selection(
        [("open", "Open"), ("dismissed", "Different Persons"), ("merged", "Merged")],
        required=True,
        default="open",
        readonly=True,
        index=True,
    )
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(readonly=True)
    comparison = fields.Html(string="Side by Side", compute="_compute_comparison", sanitize=False)

    _once = models.UniqueIndex("(partner_a_id, partner_b_id)", "This pair is in the list already.")
    _two_guests = models.Constraint("CHECK (partner_a_id < partner_b_id)", "Two different guests are needed.")
    _open_idx = models.Index("(probability DESC, id DESC) WHERE state = 'open'")

    @api.depends("levels")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        words = self._get_field_words()
        for pair in self:
            levels = dict(zip(compare.FIELDS, map(int, (pair.levels or "").split()), strict=False))
            agreeing = [words[name] for name, level in levels.items() if level >= max(1, compare.FIELDS[name] - 2)]
            differing = [words[name] for name, level in levels.items() if level == 0]
            pair.reason_text = ", ".join(agreeing) or self.env._("Likely Duplicate")
            pair.contrast_text = ", ".join(differing)

    @api.depends("levels", "partner_a_id", "partner_b_id")
    @api.depends_context("lang", "uid")
    def _compute_comparison(self):
        """Write both guests into a table: green where they agree, yellow where nearly, red where they differ."""
        row = Markup('<tr class="{}"><th scope="row">{}</th><td>{}</td><td>{}</td></tr>')
        for pair in self:
            lines = [
                row.format(colour, title, one, other) for title, colour, one, other in pair._get_comparison()
            ]
            table = Markup('<table class="table table-sm mb-0"><tbody>{}</tbody></table>')
            pair.comparison = table.format(Markup("").join(lines))

    def _get_comparison(self):
        """Return the lines of the table: title, class of the line, both values."""
        self.ensure_one()
        levels = dict(zip(compare.FIELDS, map(int, (self.levels or "").split()), strict=False))
        words = self._get_field_words()
        sides = [guest._get_hotel_comparison() for guest in (self.partner_a_id, self.partner_b_id)]
        for name, one in sides[0].items():
            other, level = sides[1][name], levels.get(name, -1)
            colour = "" if level < 0 else "table-danger" if not level else "table-warning"
            if level >= 0 and level == compare.FIELDS[name] - 1:
                colour = "table-success"
            yield words[name], colour, one, other

    @api.model
    def _get_field_words(self):
        """Return what the compared fields are called (dict)."""
        return {
            "name": self.env._("Full Name"),
            "birth_date": self.env._("Birth Date"),
            "phone": self.env._("Phone"),
            "email": self.env._("E-mail"),
            "address": self.env._("Address"),
            "gender": self.env._("Gender"),
            "document": self.env._("Document"),
            "code": self.env._("Member Number"),
            "stays": self.env._("Number of Stays"),
            "last": self.env._("Last Stay"),
        }

    def action_merge(self):
        """Show what a merge of the two would do, and ask. Callable by those who may merge guests.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        return self.env["hotel.merge.plan"]._open(self.partner_a_id, self.partner_b_id, self)

    def action_dismiss(self):
        """Say that these are different persons; those who may merge guests."""
        self._decide("dismissed")

    def action_reopen(self):
        """Take a pair up again; those who may merge guests."""
        self._decide("open")

    def _decide(self, state):
        self.check_access("read")
        self.env["hotel.merge"]._check_merge_rights()
        # the list is written by the program only
        self.sudo().write({"state": state, "decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()})

    @api.model
    def _note_document(self, partner_a, partner_b):
        """Note that two guests have shown the same identity document.

        It is told once: a pair that was dismissed in spite of it stays so, one that was dismissed before comes back.

        :param res.partner partner_a: one guest
        :param res.partner partner_b: the other one; the order does not matter
        """
        first, second = sorted((partner_a.id, partner_b.id))
        if first != second:
            self._query_note_document(first, second)

    @api.model
    def _query_note_document(self, first, second):
        """Write the pair; SQL so that two who note it at the same moment do not get in each other's way."""
        self.flush_model()
        place, most = list(compare.FIELDS).index("document"), compare.FIELDS["document"] - 1
        levels = [-1] * place + [most] + [-1] * (len(compare.FIELDS) - place - 1)
        self.env.cr.execute(
            SQL(
                """INSERT INTO hotel_duplicate_pair AS pair (partner_a_id, partner_b_id, probability, levels, state)
                   VALUES (%(first)s, %(second)s, %(probability)s, %(levels)s, 'open')
                   ON CONFLICT (partner_a_id, partner_b_id) DO UPDATE
                      SET probability = GREATEST(pair.probability, EXCLUDED.probability), state = 'open',
                          levels = array_to_string(
                              (%(known)s)[:%(place)s] || %(most)s::text || (%(known)s)[%(place)s + 2:], ' ')
                    WHERE pair.state <> 'merged' AND (%(known)s)[%(place)s + 1] IS DISTINCT FROM %(most)s::text""",
                first=first,
                second=second,
                probability=DOCUMENT_PROBABILITY,
                levels=" ".join(map(str, levels)),
                known=SQL("string_to_array(pair.levels, ' ')"),
                place=place,
                most=most,
            )
        )
        self.invalidate_model()

    @api.model
    def _query_note(self, rows):
        """Add pairs, and renew those that nobody has decided on; SQL because of volume.

        :param rows: (lower id, higher id, probability, levels) of guests
        :returns: how many pairs were added or renewed
        :rtype: int
        """
        if not rows:
            return 0
        left, right, probability, levels = zip(*rows, strict=True)
        written = self.env.execute_query(
            SQL(
                """INSERT INTO hotel_duplicate_pair (partner_a_id, partner_b_id, probability, levels, state)
                   SELECT fresh.a, fresh.b, fresh.probability, fresh.levels, 'open'
                     FROM unnest(%s::int[], %s::int[], %s::float8[], %s::text[]) fresh (a, b, probability, levels)
                    WHERE (SELECT count(*) FROM res_partner WHERE id IN (fresh.a, fresh.b)) = 2
                   ON CONFLICT (partner_a_id, partner_b_id) DO UPDATE
                      SET probability = EXCLUDED.probability, levels = EXCLUDED.levels
                    WHERE hotel_duplicate_pair.state = 'open'
                   RETURNING 1""",
                list(left), list(right), list(probability), list(levels),
            )  # fmt: skip
        )
        self.invalidate_model()
        return len(written)
