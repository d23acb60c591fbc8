"""A guest is erased: what stands against it, and in which order it is done."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ... import guards


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_erased_at = fields.Datetime(string="Erased On", readonly=True, copy=False, index="btree_not_null")
    hotel_hold_ids = fields.One2many("hotel.privacy.hold", "partner_id", string="Legal Holds")

    _hotel_erased_stays_so = models.Constraint(
        "CHECK (hotel_erased_at IS NULL OR (NOT active AND email IS NULL AND phone IS NULL"
        " AND hotel_birth_date IS NULL))",
        "This guest was erased and stays so.",
    )

    def _get_hotel_erasure_obstacles(self):
        """Hook: why some of these guests cannot be erased now; one query per reason, for all of them.

        :returns: guest's id to reasons in words
        :rtype: dict[int, list[str]]
        """
        guests = self.sudo().with_context(active_test=False)  # what stands against it counts, seen or not
        reasons = [
            (guests.filtered("hotel_erased_at"), self.env._("This guest was erased already.")),
            (guests - guests.filtered("is_hotel_guest"), self.env._("This contact is no guest.")),
            (guests.filtered("is_company"), self.env._("A company has no personal data.")),
            (guests.filtered("hotel_merged_into_id"), self.env._("A merged guest is erased with whom he became.")),
            (guests._get_hotel_staff(), self.env._("Contacts of staff, hotels and companies are not erased.")),
            (guests._get_hotel_held(), self.env._("A legal hold stands: nothing is erased.")),
            (guests._get_hotel_expected(), self.env._("There is a stay to come or in house.")),
            (guests._get_hotel_debtors(), self.env._("There is an invoice to be paid.")),
        ]
        found = {}
        for some, reason in reasons:
            for guest in some & guests:
                found.setdefault(guest.id, []).append(reason)
        return found

    def _get_hotel_staff(self):
        """Return those of these contacts who work here or are a hotel or company of the chain."""
        about = [("partner_id", "in", self.ids)]
        found = self.user_ids.filtered(lambda user: not user.share or user._is_public()).partner_id
        found |= self.env["hotel.property"].search(about).partner_id
        return found | self.env["res.company"].search(about).partner_id

    def _get_hotel_expected(self):
        """Return those of these guests who are in house or are to come, or whose booking is."""
        stays = self.env["hotel.stay"].search(
            [("partner_id", "in", self.ids), ("state", "in", ("held", "booked", "in_house"))]
        )
        bookings = self.env["hotel.reservation"].search(
            [("partner_id", "in", self.ids), ("state", "in", ("held", "confirmed", "in_house"))]
        )
        return stays.partner_id | bookings.partner_id

    def _get_hotel_debtors(self):
        """Return those of these guests who have something to pay."""
        moves = self.env["account.move"]
        return moves.search(
            [
                ("partner_id", "in", self.ids),
                ("state", "=", "posted"),
                ("move_type", "in", moves.get_sale_types()),
                ("payment_state", "in", ("not_paid", "partial")),
                ("amount_residual", "!=", 0),
            ]
        ).partner_id

    def _get_hotel_held(self):
        """Return those of these guests for whom a hold stands; of a merged guest it holds whom he became.

        :rtype: res.partner
        """
        family = self.sudo().with_context(active_test=False)
        family |= family._get_hotel_merged_all()
        about = [("partner_id", "in", family.ids), ("is_standing", "=", True)]
        holds = self.env["hotel.privacy.hold"].sudo().search(about)
        held = holds.partner_id
        while held.hotel_merged_into_id - held:
            held |= held.hotel_merged_into_id
        return held & self.sudo()

    def _get_hotel_merged_all(self):
        """Return all guests who were merged into these, and into those; a query per step.

        :rtype: res.partner
        """
        found, step = self.browse(), self.with_context(active_test=False).hotel_merged_ids
        while step - found:
            found |= step
            step = step.hotel_merged_ids
        return found

    def _hotel_erase(self):
        """Erase guests: nobody can tell any more who they were; their stays, bills and figures stay.

        :raises UserError: something stands against it, for any of them
        """
        # who may ask for it is said by the privacy desk; everything about a guest goes, whoever sees it
        permits = {guards.ERASURE.key: guards.ERASURE, "tracking_disable": True, "mail_notrack": True,
                   guards.BULK.key: guards.BULK, "active_test": False}  # fmt: skip
        guests = self.sudo().with_context(**permits)
        if not guests:
            return
        self.env.flush_all()
        self._query_lock_for_erasure()
        guests.invalidate_recordset()
        problems = guests._get_hotel_erasure_obstacles()
        if problems:
            raise UserError("\n".join(sorted({reason for reasons in problems.values() for reason in reasons})))
        families = guests._get_hotel_families()
        everybody = guests.union(*families)
        erasure = self.env["hotel.erasure"].sudo()
        self.env["hotel.erased.mark"].sudo()._mark(everybody)
        self.env["hotel.sealed.buyer"].sudo()._seal(everybody)
        erasure._prepare(families)
        guests._hotel_anonymize()
        erasure._sweep()
        erasure._clear_guests(everybody)
        self.env["hotel.access.log"]._log("erase", everybody.filtered("is_hotel_guest").ids)

    def _get_hotel_families(self):
        """Return each of these guests with whoever was merged into him and the contacts that are but addresses.

        They read ahead together, so that the number of queries does not grow with that of the guests.

        :rtype: list[res.partner]
        """
        people = self | self._get_hotel_merged_all()
        addresses = people.child_ids.filtered(lambda child: not child.is_hotel_guest and not child.is_company)
        everybody = people | addresses
        ids = {guest.id: [] for guest in self}
        for one in everybody:
            root = one.parent_id if one in addresses else one
            while root not in self:
                root = root.hotel_merged_into_id
            ids[root.id].append(one.id)
        return [self.browse(family).with_prefetch(everybody._prefetch_ids) for family in ids.values()]

    def _query_lock_for_erasure(self):
        """Lock the guests, the lowest number first, as a merge does; SQL for the lock."""
        self.env.cr.execute(SQL("SELECT FROM res_partner WHERE id = ANY(%s) ORDER BY id FOR UPDATE", self.ids))

    def _get_hotel_merge_obstacles(self, other):
        """An erased guest is nobody, and is merged with nobody."""
        problems = super()._get_hotel_merge_obstacles(other)
        if (self | other).sudo().filtered("hotel_erased_at"):
            problems = [self.env._("One of them was erased.")]
        return problems

