"""Why a guest got nothing: the questions that a rule asks, one by one, answered for one guest."""

from odoo import models
from odoo.tools import SQL, format_date


class HotelCareRule(models.Model):
    _inherit = "hotel.care.rule"

    def _explain(self, guest):
        """Return what this rule says of a guest today.

        :param res.partner guest: whom the caller may read
        :returns: (whether it speaks for a greeting, sentence); None: neither
        :rtype: list[tuple[bool | None, str]]
        """
        self.ensure_one()
        rule = self.sudo()  # consents, blocks and segments are asked that the caller need not see
        lines = [rule._explain_state()]
        lines += rule._explain_audience(guest)
        occasions = rule._query_occasions(guest)
        if not occasions:
            lines.append(
                (False, self.env._("Today is not the day: the occasion does not fall into the days of the rule."))
            )
        for day, occasion in occasions:
            lines.append((True, self.env._("The occasion is on %(day)s.", day=format_date(self.env, day))))
            lines += rule._explain_greeting(guest, occasion)
        lines += rule._explain_gate(guest)
        return lines

    def _explain_state(self):
        if self.state == "running" and self.active:
            return (True, self.env._("The rule is running."))
        return (False, self.env._("The rule is not running."))

    def _explain_audience(self, guest):
        """Return which condition on the audience the guest fulfils."""
        words = {
            "guest": (self.env._("A guest who is not archived."), self.env._("No guest, or archived.")),
            "company": (self.env._("A guest of this company."), self.env._("A guest of another company.")),
            "lang": (
                self.env._("The guest's language is that of the rule."),
                self.env._("The guest has another language."),
            ),
            "segment": (self.env._("The guest is in the audience."), self.env._("The guest is not in the audience.")),
        }
        self.env.flush_all()
        lines = []
        for condition, name in self._get_audience():
            [(holds,)] = self.env.execute_query(
                SQL(
                    "SELECT COALESCE((SELECT %s FROM res_partner guest WHERE guest.id = %s), FALSE)",
                    condition,
                    guest.id,
                )
            )
            lines.append((holds, words[name][0 if holds else 1]))
        return lines

    def _query_occasions(self, guest):
        """Return the occasions of a guest that are due today; SQL because the rule is a statement.

        :rtype: list[tuple[date, str]]
        """
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """SELECT DISTINCT found.event_date, found.occasion
                     FROM (%s) AS found (partner_id, stay_id, property_id, event_date, occasion)
                    WHERE found.partner_id = %s ORDER BY 1""",
                self._get_found(),
                guest.id,
            )
        )

    def _explain_greeting(self, guest, occasion):
        """Return what became of the greeting of an occasion."""
        greeting = self.env["hotel.care.greeting"].search(
            [("partner_id", "=", guest.id), ("occasion", "=", occasion)], limit=1
        )
        if not greeting:
            return [(None, self.env._("It was not looked for yet: the job runs every hour."))]
        lines = []
        if greeting.rule_id != self:
            lines.append((False, self.env._("The rule “%(rule)s” has greeted already.", rule=greeting.rule_id.name)))
        labels = dict(greeting._fields["state"]._description_selection(self.env))
        text = self.env._("Greeting: %(state)s", state=labels[greeting.state])
        lines.append((greeting.state in ("asked", "portal"), text))
        if greeting.message_id.reason:
            lines.append((False, greeting.message_id.reason))
        return lines

    def _explain_gate(self, guest):
        """Return what the gate would say now, for each channel."""
        labels = {"email": self.env._("E-mail"), "sms": self.env._("SMS")}
        lines = []
        for channel in self._get_channels():
            refusals = self.env["hotel.message"]._query_refusals(guest, self.purpose, channel, self.company_id)
            reason = refusals.get(guest.id)
            text = reason or self.env._("nothing stands against it now")
            lines.append((not reason, f"{labels[channel]}: {text}"))
        return lines
