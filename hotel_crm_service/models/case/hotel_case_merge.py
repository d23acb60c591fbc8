"""The same matter twice: one case goes on, the others say where."""

from markupsafe import Markup, escape

from odoo import models
from odoo.exceptions import UserError


class HotelCase(models.Model):
    _inherit = "hotel.case"

    def action_open_merge(self):
        """Ask into which case these are merged. Callable by staff who may write them.

        :rtype: dict: action
        """
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_service.hotel_case_merge_action")
        target = self.sorted("id")[:1] if len(self) > 1 else self.browse()
        context = {"default_case_ids": (self - target).ids, "default_target_id": target.id}
        return {**action, "context": context}

    def _merge_into(self, target):
        """End these cases; what they say goes on in another one.

        :param hotel.case target: of the same hotel and guest
        :raises AccessError: the user may not write one of them
        :raises UserError: another hotel, another guest, or one is merged already
        """
        (self | target).check_access("write")
        # two who merge at once wait for each other
        (self | target).sorted("id").lock_for_update()
        for case in self:
            case._check_merge(target)
            said = Markup("<br/>").join(escape(line) for line in (case.description or "").splitlines())
            note = target.env._("Merged with %(case)s: %(subject)s", case=case.name, subject=case.subject)
            target.message_post(body=Markup("<p>%s</p><p>%s</p>") % (note, said), subtype_xmlid="mail.mt_note")
        # pictures follow their case: who may write both was asked
        files = self.env["ir.attachment"].sudo().search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        for file in files:
            file.copy({"res_model": self._name, "res_id": target.id})
        if not target.partner_id and self.partner_id:
            target.partner_id = self.partner_id[:1]
        # merged is a state that nobody sets by hand
        self.sudo().write({"state": "merged", "merged_into_id": target.id})

    def _check_merge(self, target):
        """Refuse what is not the same matter: words of one guest would be another's to read.

        :raises UserError: with the reason
        """
        if self == target or "merged" in (self.state, target.state):
            raise UserError(self.env._("Choose another case: this one is merged already."))
        if self.property_id != target.property_id:
            raise UserError(self.env._("Cases of two hotels are not merged."))
        if self.partner_id and target.partner_id and self.partner_id != target.partner_id:
            raise UserError(self.env._("Cases of two guests are not merged: each one gets an answer."))
