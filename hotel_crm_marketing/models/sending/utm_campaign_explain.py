"""Why a guest got nothing of an activity: the audience, the lot, the gate, one by one."""

from odoo import api, fields, models
from odoo.tools import SQL, format_datetime

#: activities that ended longer ago are not asked about
DAYS = 60


class UtmCampaign(models.Model):
    _inherit = "utm.campaign"

    @api.model
    def _find_hotel_explained(self):
        """Return the activities that the user sees and that a guest may ask about.

        :rtype: utm.campaign
        """
        since = fields.Date.subtract(fields.Date.context_today(self), days=DAYS)
        domain = [("hotel_kind", "!=", False), ("hotel_state", "!=", "planned"), ("hotel_end_date", ">=", since)]
        return self.search(domain, order="hotel_start_date desc, id", limit=20)

    def _explain_hotel(self, guest):
        """Return what this activity says of a guest.

        :param res.partner guest: whom the caller may read
        :returns: (whether it speaks for a message, sentence); None: neither
        :rtype: list[tuple[bool | None, str]]
        """
        self.ensure_one()
        campaign = self.sudo()  # segments, lots and consents are asked that the caller need not see
        lines = [campaign._explain_hotel_state()]
        member = self.env["hotel.campaign.member"].sudo()
        member = member.search([("campaign_id", "=", self.id), ("partner_id", "=", guest.id)], limit=1)
        if member:
            return lines + campaign._explain_hotel_member(member)
        return lines + campaign._explain_hotel_audience(guest)

    def _explain_hotel_state(self):
        return {
            "idle": (False, self.env._("The audience was not told yet.")),
            "drawing": (None, self.env._("The audience is being drawn.")),
            "sending": (True, self.env._("The audience is being told.")),
            "testing": (None, self.env._("Two subjects are being tried; the rest of the audience is told afterwards.")),
            "stopped": (False, self.env._("Telling was stopped.")),
            "done": (True, self.env._("The audience was told.")),
        }[self.hotel_send_state]

    def _explain_hotel_member(self, member):
        """Return what became of a guest of the audience."""
        lines = [(True, self.env._("The guest is in the audience."))]
        if member.is_holdout:
            return [*lines, (False, self.env._("Drawn by lot into the control group, which is told nothing."))]
        message = member.message_id
        if not message:
            return [*lines, (None, self.env._("The guest has not had his or her turn yet."))]
        if message.state == "sent":
            when = format_datetime(self.env, message.sent_at)
            return [*lines, (True, self.env._("The message left on %(when)s.", when=when))]
        if message.reason:
            return [*lines, (False, message.reason)]
        when = format_datetime(self.env, message.due_at)
        return [*lines, (None, self.env._("The message waits until %(when)s, or lies in the queue.", when=when))]

    def _explain_hotel_audience(self, guest):
        """Return which condition on the audience a guest fulfils, where the lot was not drawn for him or her."""
        words = {
            "guest": (self.env._("A guest who is not archived."), self.env._("No guest, or archived.")),
            "company": (self.env._("A guest of this company."), self.env._("A guest of another company.")),
            "segment": (
                self.env._("The guest is in a segment of the audience."),
                self.env._("The guest is in no segment of the audience."),
            ),
            "member": (
                self.env._("A member, of one of the tiers if some were named."),
                self.env._("No member of these tiers."),
            ),
        }
        self.env.flush_all()
        lines = []
        for condition, name in self._get_hotel_audience():
            query = SQL("SELECT %s FROM res_partner guest WHERE guest.id = %s", condition, guest.id)
            holds = any(row[0] for row in self.env.execute_query(query))
            lines.append((holds, words[name][0 if holds else 1]))
        if self.hotel_told_at and all(holds for holds, _text in lines):
            lines.append((False, self.env._("The guest came to the audience after it was drawn.")))
        return lines
