"""Questions that the base asks about a guest; other addons answer through ``super()``."""

from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_hotel_contact_block(self, purpose):
        """Return why this guest is not to be contacted now.

        :param str purpose: a purpose of hotel.consent, or 'transaction'
        :rtype: list[str]: reasons in words; empty where nothing stands against it
        """
        self.ensure_one()
        return []

    def _get_hotel_contact_suspects(self, purpose):
        """Return those of these guests who may have a contact block, so that nobody asks for the others.

        Who answers ``_get_hotel_contact_block`` answers this too: ``super()`` and its own guests, found
        by one query. Where somebody does not, all guests are asked one by one: slow, but true.

        :param str purpose: as above
        :rtype: res.partner
        """
        for part in type(self).__mro__:
            names = vars(part)
            if "_get_hotel_contact_block" in names and "_get_hotel_contact_suspects" not in names:
                return self
        return self.browse()

    def _get_hotel_contact_blocks(self, purpose):
        """Return why some of these guests are not to be contacted now; the gate asks for thousands at once.

        :param str purpose: as above
        :rtype: dict[int, list[str]]: guest's id to reasons; guests without any are left out
        """
        suspects = self._get_hotel_contact_suspects(purpose)
        reasons = {guest.id: guest._get_hotel_contact_block(purpose) for guest in suspects}
        return {guest_id: found for guest_id, found in reasons.items() if found}

    def _get_hotel_flags(self):
        """Return what everybody who meets this guest must see first.

        :rtype: list[tuple[str, str]]: (level, text); level is 'danger', 'warning' or 'info'
        """
        self.ensure_one()
        flags = []
        if self.hotel_is_blocked:
            flags.append(("danger", self.hotel_block_text))
        if self.hotel_vip_code_id:
            flags.append(("info", self.hotel_vip_code_id.name))
        for line in self.hotel_preference_ids.filtered("is_alert"):
            note = f" ({line.note})" if line.note else ""
            flags.append(("warning", f"{line.preference_id.name}{note}"))
        return flags

    @api.model
    def _get_hotel_satisfaction_query(self):
        """Return what guests have answered when they were asked how they liked a stay, for whoever counts it.

        The base asks nobody: the addon that does gives its answers here.

        :returns: a SELECT of (partner_id, property_id, answered_at in UTC, satisfaction from 0 to 100);
            None where nobody is asked
        :rtype: SQL | None
        """

    @api.model
    def _hotel_merge_map(self):
        """Return the columns that point to a guest and move with a merge.

        Whatever has a foreign key on contacts moves by itself; None says that nothing of a model moves,
        because its rows are computed anew.

        :rtype: dict[str, str | None]: model name to the field that names the guest
        """
        return {
            "hotel.stay": "partner_id",
            "hotel.consumption": "partner_id",
            "hotel.service.record": "partner_id",
            "hotel.guest.preference": "partner_id",
            "hotel.guest.relation": "partner_id",
            "hotel.consent": "partner_id",
            "hotel.segment.member": "partner_id",
        }

    def _hotel_anonymize(self):
        """Hook: each addon erases what it holds about these guests and keeps the books right."""

    def _hotel_export(self):
        """Hook: each addon adds what it holds about this guest to the copy he or she asked for.

        :rtype: dict[str, list[dict]]: a heading to its rows
        """
        self.ensure_one()
        return {}
