"""The guest says how a case was handled; a low rating is followed up."""

from markupsafe import Markup, escape

from odoo import fields, models

#: stars, of five, from which downwards a rating is followed up
LOW = 2
#: kinds whose guests are asked
ASKED = ("complaint", "request", "inquiry")


class HotelCase(models.Model):
    _inherit = "hotel.case"

    follow_up_ids = fields.One2many("hotel.follow.up", "case_id", string="Follow-Ups")

    def _is_ratable(self):
        """Return whether the guest may say now how this case was handled: once after it was solved.

        :rtype: bool
        """
        self.ensure_one()
        ended = self.solved_at or self.closed_at
        if self.state not in ("solved", "closed") or not ended:
            return False
        # what others have rated is asked, not shown
        ratings = self.sudo().rating_ids
        return not ratings.filtered(lambda rating: rating.consumed and rating.write_date >= ended)

    def _rate(self, stars, feedback=""):
        """Note what the guest says about the handling; a low rating makes a follow-up.

        :param int stars: 1 to 5
        :param str feedback: plain text
        """
        self.ensure_one()
        case = self.sudo()  # the caller has seen that it is the guest's own
        case.rating_apply(
            stars, token=case._rating_get_access_token(), feedback=feedback, subtype_xmlid="mail.mt_note"
        )
        if stars <= LOW and case.partner_id:
            self.env["hotel.follow.up"].sudo().create(case._prepare_follow_up_vals(stars, feedback))

    def _prepare_follow_up_vals(self, stars, feedback):
        """Return the values of the follow-up of a low rating: by the head of the department, the next day.

        :rtype: dict
        """
        head = self.department_id.manager_id or self.user_id
        return {
            "partner_id": self.partner_id.id,
            "property_id": self.property_id.id,
            "case_id": self.id,
            "stay_id": self.stay_id.id,
            "reason": "rating",
            "user_id": head.id,
            "planned_date": fields.Date.add(self.property_id.business_date, days=1),
            "question": self.env._("%(stars)s of 5 stars. %(feedback)s", stars=stars, feedback=feedback).strip(),
        }

    def _after_enter_state(self, state, before):
        result = super()._after_enter_state(state, before)
        if state == "solved":
            for case in self:
                case._ask_rating()
        return result

    def _ask_rating(self):
        """Ask the guest how it went, where he or she agreed to be asked; the gate says so."""
        case = self.sudo()  # the guest's address is no business of whoever solves
        guest = case.partner_id
        if not guest or case.kind not in ASKED:
            return
        case = case.with_context(lang=guest.lang or self.env.lang)
        text = case.env._("How did we handle %(case)s? Please tell us here:", case=f"{case.name} {case.subject}")
        link, channel = case._get_guest_link(), case._get_channel()
        if channel == "page":
            return
        body = Markup('<p>%s</p><p><a href="%s">%s</a></p>') % (escape(text), link, link)
        content = {"body": f"{text} {link}"} if channel == "sms" else {"subject": case.name, "body": body}
        key = f"case/{case.id}/rating/{case.reopen_count}"
        self.env["hotel.message"]._send(
            guest, "survey", channel, key, record=case, property=case.property_id, **content
        )
