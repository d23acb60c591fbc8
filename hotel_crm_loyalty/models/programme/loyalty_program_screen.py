"""What the page of a programme shows, and what managers do there."""

from markupsafe import Markup

from odoo import api, fields, models

ROW = Markup("<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>")
TABLE = Markup(
    '<table class="table table-sm"><thead><tr><th>%s</th><th>%s</th><th>%s</th><th>%s</th></tr></thead>'
    "<tbody>%s</tbody></table>"
)


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    hotel_card_count = fields.Integer(string="Members", compute="_compute_hotel_card_count")
    hotel_draft_count = fields.Integer(string="Drafts", compute="_compute_hotel_draft_count")
    hotel_summary_html = fields.Html(string="In Words", related="hotel_revision_id.summary_html", sanitize=False)
    hotel_left_out_html = fields.Html(
        string="Left Open", related="hotel_revision_id.left_out_html", sanitize=False
    )
    hotel_versions_html = fields.Html(string="Versions", compute="_compute_hotel_versions_html", sanitize=False)

    def _compute_hotel_card_count(self):
        counts = dict(
            self.env["loyalty.card"]._read_group(
                [("program_id", "in", self.ids), ("hotel_managed", "=", True)], ["program_id"], ["__count"]
            )
        )
        for program in self:
            program.hotel_card_count = counts.get(program, 0)

    def _compute_hotel_draft_count(self):
        counts = dict(
            self.env["hotel.loyalty.revision"]._read_group(
                [("program_id", "in", self.ids), ("state", "=", "draft")], ["program_id"], ["__count"]
            )
        )
        for program in self:
            program.hotel_draft_count = counts.get(program, 0)

    @api.depends("hotel_revision_id")
    @api.depends_context("lang")
    def _compute_hotel_versions_html(self):
        for program in self:
            program.hotel_versions_html = program.hotel_revision_id and program._render_hotel_versions()

    def _render_hotel_versions(self):
        """Return the versions of the rules in force as a table: from when to when, and which holds today."""
        plan, today = self._get_hotel_plan(), self._get_hotel_today()
        versions, rows = plan.programme.versions, Markup("")
        for version, following in zip(versions, [*versions[1:], None], strict=True):
            tiers = ", ".join(self.env["hotel.loyalty.revision"]._get_title({"code": tier.code, "name": tier.name})
                              for tier in version.tiers)  # fmt: skip
            start = version.from_date or self.env._("The beginning")
            current = self.env._("In force today") if plan.at(today).version is version else ""
            begins = self.env._("Until %s", following.from_date) if following else ""
            rows += ROW % (version.code, start, tiers, current or begins)
        return TABLE % (self.env._("Version"), self.env._("From"), self.env._("Tiers"), "", rows)

    def action_hotel_draft(self):
        """Make a draft that begins with the rules in force, or open the last draft. For managers.

        :returns: the action that opens it
        :rtype: dict
        :raises AccessError: for everybody else
        """
        self.ensure_one()
        revisions = self.hotel_revision_ids
        revisions._check_may_edit()
        draft = revisions.filtered(lambda revision: revision.state == "draft").sorted("number")[-1:]
        return draft._get_action() if draft else self.hotel_revision_id.action_draft()

    def action_hotel_cards(self):
        """Show the members. For whoever may read cards.

        :returns: the action of their list
        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_loyalty.loyalty_card_hotel_action")
        return {**action, "domain": [("program_id", "=", self.id), ("hotel_managed", "=", True)]}

    def action_hotel_what_if(self):
        """Reckon what a stay would earn. For whoever may open the calculator.

        :returns: the action of the calculator
        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_loyalty.hotel_loyalty_what_if_action")
        return {**action, "context": {"default_program_id": self.id}}

    def _get_hotel_summary(self, on=None):
        """Return the rules in force in plain words in the user's language, for staff and members.

        :param date on: the version of this day; default today by the programme's clock
        :rtype: list[rules.summary.Section]
        """
        self.ensure_one()
        # everybody may know the rules of the game; who asks need not read their record
        revision = self.sudo().hotel_revision_id
        if not revision:
            return []
        return revision._get_sections(on or self._get_hotel_today(), revision._get_fact_names())
