"""Using identity numbers: finding guests by one, reading one. Limited and logged."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.hotel_crm_base import identity, vault

from .identity_check import check_fresh

REASON_LENGTH = 5


class HotelDocumentDisclosure(models.AbstractModel):
    """Part of hotel.guest.document: who may find and read, how often, and what is noted."""

    _name = "hotel.document.disclosure"
    _description = "Disclosure of Documents"

    def hotel_reveal_number(self, reason):
        """Return the number in clear; members of the identity group.

        :param str reason: why it is needed, at least five characters; goes into the log
        :rtype: str, empty where there is none
        :raise AccessError: the caller is not in the identity group, or may not see the document
        :raise UserError: no reason, no password for some minutes, too many numbers in an hour, or the key is missing
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("hotel_crm_base.group_identity"):
            self.env["hotel.access.log"]._log_refused(self.partner_id.ids, ["document.number"])
            raise AccessError(
                self.env._("Identity numbers are read by members of the identity group only.")
            )
        reason = " ".join(reason.split()) if isinstance(reason, str) else ""
        if len(reason) < REASON_LENGTH:
            raise UserError(self.env._("Please say why you need the number."))
        check_fresh(self.env)
        self.env["hotel.identity.use"]._spend("reveal", f"document {self.id}")
        with self.env["hotel.data.key"]._user_errors():
            number = self._fields["number"].reveal(self)
        self._log("identity", ["number"], reason=reason[:500])
        return number or ""

    @api.model
    def _find_partner_ids_by_number(self, number):
        """Find guests by the exact number of a document; front office and identity group.

        Other roles find nobody. Each guest found is logged. Finding, and asking for a valid
        identity card number, counts towards the user's limit; the same number counts and is
        logged once in the period, since forms ask again with every change.

        :param str number: as typed: any writing of it
        :return: ids of guests whom the user may see, those with verified documents first
        :rtype: list[int]
        :raise UserError: the limit is reached, or the key is missing
        """
        candidate = identity.as_candidate(number or "")
        if candidate is None or not self._may_find():
            return []
        blinds = self._get_candidate_blinds(candidate)
        uses = self.env["hotel.identity.use"]
        is_new = False
        if candidate.is_certain:
            is_new = uses._spend("find", blinds[0])
        elif not blinds or not uses._may_guess():
            return []
        partner_ids = self._query_partner_ids(blinds)
        if partner_ids and not candidate.is_certain:
            is_new = uses._spend("find", blinds[0])
        visible = set(self.env["res.partner"].search([("id", "in", partner_ids)]).ids)
        found = [partner_id for partner_id in partner_ids if partner_id in visible]
        if found and is_new:
            self.env["hotel.access.log"]._log("search", found, ["document.number"])
        return found

    @api.model
    def _may_find(self):
        """Whether the present user may find guests by document number."""
        user = self.env.user
        return user.has_group("hotel_crm_base.group_front_office") or user.has_group(
            "hotel_crm_base.group_identity"
        )

    @api.model
    def _get_candidate_blinds(self, candidate):
        """Blind indexes to look for, those of the key in use first.

        :param identity.Candidate candidate: what was typed
        :return: empty where the key is missing and the text may be no document number at all
        :rtype: list[str]
        :raise UserError: the key is missing, and it is a document number
        """
        field = self._fields["number"]
        keys = self.env["hotel.data.key"]
        try:
            ring = keys._get_keyring()
            return [
                blind for form in candidate.forms for blind in ring.blinds(form, field.context_name)
            ]
        except vault.VaultError:
            if not candidate.is_certain:
                return []  # a telephone or member number is found all the same
            with keys._user_errors():
                raise

    @api.model
    def _query_partner_ids(self, blinds):
        """Guests with a document that has one of these blind indexes, verified ones first.

        :rtype: list[int]
        """
        # the blind index is closed to users
        documents = self.sudo().search_fetch([("number_bidx", "in", blinds)], ["partner_id", "state"])
        documents = documents.sorted(lambda document: document.state != "verified")
        return documents.partner_id.ids
