"""What a guest says about being merged: whether it is possible, and into whom it went."""

from odoo import api, fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_merged_into_id = fields.Many2one(
        "res.partner", string="Merged Into", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    hotel_merged_ids = fields.One2many(
        "res.partner", "hotel_merged_into_id", string="Merged Guests", context={"active_test": False}
    )
    hotel_merge_count = fields.Integer(string="Merges", compute="_compute_hotel_merge_count")

    def _compute_hotel_merge_count(self):
        # staff who may not merge see the number only
        counts = dict(
            self.env["hotel.merge"].sudo()._read_group(
                [("kept_id", "in", self.ids), ("state", "!=", "undone")], ["kept_id"], ["__count"]
            )
        )
        for partner in self:
            partner.hotel_merge_count = counts.get(partner._origin, 0)

    @api.model
    def _find_hotel_guest_by_code(self, code):
        """Return the guest with this member number; of a merged guest the one he or she became.

        As the user: guests out of sight are not found.

        :param str code: member number
        :rtype: res.partner
        """
        domain = [("hotel_guest_code", "=", code), ("is_hotel_guest", "=", True)]
        guest = self.with_context(active_test=False).search(domain, limit=1)
        # who may see a guest may know whom he or she became; whether the user sees that one is asked below
        found = guest.sudo().hotel_merged_into_id or guest
        return self.search([("id", "in", found.ids)])

    def _get_hotel_merge_rank(self):
        """Return what speaks for keeping this guest of two: a login, stays, being known for long.

        :rtype: tuple: the greater one stays
        """
        self.ensure_one()
        known = self.sudo()  # that there is a login or a stay says no more than the guest's page
        return (not known.hotel_is_to_match, bool(known.user_ids), known.hotel_stay_count, -known.id)

    def _needs_hotel_merge_decision(self):
        """Return whether a person has to look before these guests are merged: logins of two, or a block."""
        return len(self.filtered("user_ids")) > 1 or any(guest.hotel_block_reason for guest in self)

    def action_hotel_merges(self):
        """Return the list of merges into this guest. Callable by those who may read it.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_base.hotel_merge_action")
        return {**action, "domain": [("kept_id", "=", self.id)], "context": {}}

    def _get_hotel_merge_obstacles(self, other):
        """Return why another guest cannot be merged into this one, in words for the user.

        :param res.partner other: the guest who would go
        :rtype: list[str]
        """
        self.ensure_one()
        other.ensure_one()
        both = (self | other).sudo()  # what stands against it counts, seen or not
        if len(both) < 2 or not all(guest.is_hotel_guest for guest in both):
            return [self.env._("Two different guests are needed.")]
        problems = [
            self.env._("%(guest)s was merged into %(other)s already.",
                       guest=guest.display_name, other=guest.hotel_merged_into_id.display_name)
            for guest in both if guest.hotel_merged_into_id
        ]  # fmt: skip
        if problems:
            return problems
        problems += [self.env._("%s is archived.", guest.display_name) for guest in both if not guest.active]
        problems += [
            self.env._("A legal hold stands for %s: nothing of this guest changes hands.", guest.display_name)
            for guest in both._get_hotel_held()
        ]
        one, two = both
        if one.commercial_partner_id != two.commercial_partner_id and any(
            guest.commercial_partner_id != guest for guest in both
        ):
            problems.append(self.env._("One of them is a contact of a company: make both so, or none, first."))
        if one in two.child_ids or two in one.child_ids:
            problems.append(self.env._("One of them is a contact of the other one."))
        if one.is_company != two.is_company:
            problems.append(self.env._("One of them is a person, the other one a company."))
        if one.company_id and two.company_id and one.company_id != two.company_id:
            problems.append(self.env._("They belong to different companies."))
        return problems + both._get_hotel_merge_staff_problems() + self._get_hotel_merge_scope_problems(other)

    def _get_hotel_merge_staff_problems(self):
        """Return why these contacts are no mere guests."""
        users = self.env["res.users"].sudo().with_context(active_test=False)  # whoever they are
        houses = self.env["hotel.property"].sudo().with_context(active_test=False)
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        about = [("partner_id", "in", self.ids)]
        problems = []
        if any(not user.share or user._is_public() for user in users.search(about)):
            problems.append(self.env._("One of them works here: staff are not merged."))
        if houses.search_count(about, limit=1) or companies.search_count(about, limit=1):
            problems.append(self.env._("One of them is the contact of a hotel or company of the chain."))
        return problems

    def _get_hotel_merge_scope_problems(self, other):
        """Return a problem where one of two guests has facts in a company that the user may not see."""
        if self.env.su:
            return []
        pointers = self.env["hotel.merge.map"]._get_pointers()
        parts = [
            SQL(
                "EXISTS (SELECT FROM %s WHERE %s = ANY(%s) AND company_id IS NOT NULL AND NOT company_id = ANY(%s))",
                SQL.identifier(pointer.table),
                SQL.identifier(pointer.column),
                (self | other).ids,
                self.env.user.company_ids.ids,
            )
            for pointer in pointers
            if pointer.has_company
        ]
        if not self.env.execute_query(SQL("SELECT %s", SQL(" OR ").join(parts)))[0][0]:
            return []
        return [self.env._("They are known in a company that you may not see: somebody who sees all of them merges.")]

    def _hotel_anonymize(self):
        """Whoever was merged into these guests is forgotten with them, and the journal, which holds former values."""
        # whoever may erase a guest need not be able to merge
        guests = self.sudo()
        merged = guests.hotel_merged_ids - guests
        self.env["hotel.merge"].sudo().search(["|", ("kept_id", "in", self.ids), ("gone_id", "in", self.ids)])._forget()
        result = super()._hotel_anonymize()
        if merged:
            merged.with_env(self.env)._hotel_anonymize()
        return result

    @api.model
    def _hotel_merge_map(self):
        # figures follow from what moves
        return {
            **super()._hotel_merge_map(),
            "hotel.guest.metric": None,
            "hotel.guest.metric.month": None,
            "hotel.guest.value": None,
        }
