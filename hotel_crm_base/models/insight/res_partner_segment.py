"""Guests searched by the segments they belong to."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

READERS = ",".join(f"hotel_crm_base.group_{role}" for role in ("marketing", "finance"))


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_segment_ids = fields.Many2many(
        "hotel.segment",
        string="Segments",
        compute="_compute_hotel_segment_ids",
        search="_search_hotel_segment_ids",
        groups=READERS,
    )
    hotel_segment_member_ids = fields.One2many("hotel.segment.member", "partner_id", groups=READERS)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_hotel_segment_ids(self):
        """Ask each segment once about all of these guests."""
        self.hotel_segment_ids = False
        guests = self._origin
        if not guests:
            return
        for segment in self.env["hotel.segment"].search([]):
            found = segment._get_guests()._search(segment._get_domain() & Domain("id", "in", guests.ids))
            members = {row[0] for row in self.env.execute_query(found.select())}
            for guest in self.filtered(lambda guest, members=members: guest._origin.id in members):
                guest.hotel_segment_ids |= segment

    def _search_hotel_segment_ids(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        # search methods run without a look at the field's groups
        self._check_field_access(self._fields["hotel_segment_ids"], "read")
        ids = value if operator == "any" else [item for item in value if item]
        domain = value if operator == "any" else Domain("id", "in", list(ids))
        segments = self.env["hotel.segment"].search(domain)
        queries = [segment._get_query() for segment in segments]
        found = [
            Domain.custom(
                to_sql=lambda model, alias, query, members=members: SQL(
                    "%s IN (%s)", SQL.identifier(alias, "id"), members
                )
            )
            for members in queries
        ]
        return Domain.OR(found)
