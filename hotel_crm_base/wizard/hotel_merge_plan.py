from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date, html2plaintext

from ..models.guest.hotel_merge_settle import ADDRESS

#: values that a person chooses between, in the order of the screen; an address goes as a whole
CHOICES = (
    "name", "hotel_birth_date", "hotel_gender", "hotel_nationality_id", "phone", "email", "street", "lang", "vat",
    "function", "hotel_vip_code_id", "hotel_desk_note", "comment",
)  # fmt: skip


class HotelMergePlan(models.TransientModel):
    """The question whether two guests are one, who stays, and which values count."""

    _name = "hotel.merge.plan"
    _description = "Merge Two Guests"

    pair_id = fields.Many2one("hotel.duplicate.pair", readonly=True, ondelete="cascade")
    partner_a_id = fields.Many2one("res.partner", string="Guest", required=True, readonly=True, ondelete="cascade")
    partner_b_id = fields.Many2one("res.partner", string="Other Guest", required=True, ondelete="cascade")
    kept = fields.Selection([("a", "The Left One"), ("b", "The Right One")], string="Who Stays", required=True)
    login = fields.Selection([("a", "The Left One's"), ("b", "The Right One's")], string="Portal Login That Stays")
    has_two_logins = fields.Boolean(compute="_compute_has_two_logins")
    problem_text = fields.Text(string="What Stands Against It", compute="_compute_plan")
    moving = fields.Html(string="What Moves", compute="_compute_plan", sanitize=False)
    line_ids = fields.One2many("hotel.merge.plan.line", "plan_id", string="Values")

    @api.depends("partner_a_id", "partner_b_id")
    def _compute_has_two_logins(self):
        for plan in self:
            # that there is a login is shown on the guest's page, too
            guests = plan.sudo().partner_a_id, plan.sudo().partner_b_id
            plan.has_two_logins = all(guest.user_ids for guest in guests)

    @api.depends("partner_a_id", "partner_b_id", "kept")
    @api.depends_context("lang", "uid")
    def _compute_plan(self):
        for plan in self:
            kept, gone = plan._get_guests()
            plan.problem_text = "\n".join(kept._get_hotel_merge_obstacles(gone)) if kept and gone else False
            plan.moving = plan._describe_moving(kept, gone) if kept and gone and not plan.problem_text else False

    @api.model
    def _open(self, guest, other, pair=None):
        """Make a plan for two guests and return the action that shows it.

        :raises AccessError: the user may not merge
        """
        self.env["hotel.merge"]._check_merge_rights()
        plan = self.create(
            {
                "pair_id": pair and pair.id,
                "partner_a_id": guest.id,
                "partner_b_id": other.id,
                "kept": "a" if guest._get_hotel_merge_rank() >= other._get_hotel_merge_rank() else "b",
            }
        )
        plan.line_ids = [fields.Command.create(vals) for vals in plan._prepare_lines()]
        plan.login = plan.kept
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge Two Guests"),
            "res_model": self._name,
            "res_id": plan.id,
            "views": [[False, "form"]],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _get_guests(self):
        """Return who stays and who goes."""
        guests = self.partner_a_id, self.partner_b_id
        return guests if self.kept != "b" else guests[::-1]

    def _prepare_lines(self):
        """Return the values of the lines: what differs between both guests."""
        one, two = self.partner_a_id, self.partner_b_id
        labels = one.fields_get(CHOICES, ["string"])
        lines = []
        for name in CHOICES:
            names = ADDRESS if name == "street" else (name,)
            if all(one[part] == two[part] for part in names):
                continue
            shown = [", ".join(filter(None, (self._show(guest, part) for part in names))) for guest in (one, two)]
            lines.append(
                {
                    "name": name,
                    "label": self.env._("Address") if name == "street" else labels[name]["string"],
                    "value_a": shown[0],
                    "value_b": shown[1],
                    "takes_right": self._is_right_taken(*shown),
                }
            )
        return lines

    @api.model
    def _show(self, guest, name):
        """Return a value of a guest in words."""
        value, field = guest[name], guest._fields[name]
        if not value:
            return ""
        if field.type == "html":
            return html2plaintext(value)
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "date":
            return format_date(self.env, value)
        return value.display_name if field.type == "many2one" else str(value)

    def _describe_moving(self, kept, gone):
        """Return a list of what moves: kinds of records and how many."""
        # how many there are is shown; what they are stays with those who may see it
        pointers = self.env["hotel.merge.map"].sudo()
        known = [pointer for pointer in pointers._get_pointers() if pointer.is_counted]
        names = {model._table: name for name, model in self.env.registry.models.items() if model._auto}
        models = self.env["ir.model"].sudo()
        sums = {}
        for pointer, count in pointers._query_counts(known, gone.id, kept.id):
            title = models._get(names[pointer.table]).name
            sums[title] = sums.get(title, 0) + count
        if not sums:
            return Markup("<p>{}</p>").format(self.env._("Nothing but the guest."))
        rows = Markup("").join(
            Markup('<li class="list-inline-item me-3">{} <b>{}</b></li>').format(title, count)
            for title, count in sorted(sums.items(), key=lambda item: (-item[1], item[0]))
        )
        return Markup('<ul class="list-inline mb-0">{}</ul>').format(rows)

    @api.onchange("kept")
    def _onchange_kept(self):
        """Whoever stays keeps what he or she has."""
        for line in self.line_ids:
            line.takes_right = self._is_right_taken(line.value_a, line.value_b)
        self.login = self.kept

    def _is_right_taken(self, left, right):
        """Return whether the value on the right counts as long as nobody says otherwise."""
        return bool(right) if self.kept == "b" else not left and bool(right)

    def action_merge(self):
        """Merge the two guests. Callable by managers, and by the front office with the right to approve.

        :returns: the action that shows the guest who stays
        :rtype: dict
        :raises UserError: with what stands against it
        """
        self.ensure_one()
        kept, gone = self._get_guests()
        values = {}
        for line in self.line_ids:
            source = self.partner_b_id if line.takes_right else self.partner_a_id
            names = ADDRESS if line.name == "street" else (line.name,)
            values |= {name: source[name] for name in names if line.name in CHOICES}
        login = "kept" if self.login in (False, self.kept) else "gone"
        merge = self.env["hotel.merge"]._merge_guests(kept, gone, values, login)
        return {
            "type": "ir.actions.act_window",
            "res_model": "hotel.merge",
            "res_id": merge.id,
            "views": [[False, "form"]],
            "target": "current",
        }
