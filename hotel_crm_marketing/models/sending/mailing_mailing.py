"""Mailings that somebody makes by hand in Odoo: guests among their recipients pass the gate too."""

from odoo import fields, models
from odoo.tools import SQL

#: recipients that the gate is asked about at once
CHUNK = 5000


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    # ---- what Odoo calls ----------------------------------------------------------------------

    def _get_remaining_recipients(self):
        """Leave out those about whom the gate was asked already: they leave by its job, or stay for a reason."""
        ids = super()._get_remaining_recipients()
        if self._is_hotel_activity() or not ids:
            return ids
        mailings = self._get_ab_testing_siblings_mailings() if self.ab_testing_enabled else self
        # marketers of Odoo need not see messages to guests
        asked = self.env["hotel.message"].sudo().search([("mailing_id", "in", mailings.ids), ("res_id", "in", ids)])
        known = set(asked.mapped("res_id"))
        return [record_id for record_id in ids if record_id not in known]

    def _action_send_mail(self, res_ids=None):
        """Leave guests to the gate; everybody else is written to now."""
        by_hand = self.filtered(lambda mailing: mailing.mailing_type == "mail" and not mailing._is_hotel_activity())
        for mailing in by_hand:
            asked = res_ids or mailing._get_remaining_recipients()
            others = mailing._leave_to_hotel_gate(asked)
            if others or not asked:
                super(MailingMailing, mailing)._action_send_mail(others)
            else:
                mailing._note_hotel_done()
        rest = self - by_hand
        return super(MailingMailing, rest)._action_send_mail(res_ids) if rest else True

    def action_send_sms(self, res_ids=None):
        """Leave guests to the gate; everybody else is written to now. Callable by marketers of Odoo."""
        for mailing in self:
            asked = res_ids or mailing._get_remaining_recipients()
            others = asked if mailing._is_hotel_activity() else mailing._leave_to_hotel_gate(asked)
            if others:
                super(MailingMailing, mailing).action_send_sms(others)
            elif asked:
                mailing._note_hotel_done()
        return True

    def unlink(self):
        """Take back what has not left of these mailings."""
        # as above
        waiting = self.env["hotel.message"].sudo().search([("mailing_id", "in", self.ids), ("state", "=", "queued")])
        waiting.write({"state": "refused", "reason_code": "withdrawn"})
        return super().unlink()

    # ---- the gate -----------------------------------------------------------------------------

    def _is_hotel_activity(self):
        """Return whether an activity has made this mailing: the gate was asked before.

        :rtype: bool
        """
        return self.mailing_model_real == "hotel.campaign.member"

    def _carry_hotel_messages(self, res_ids):
        """Write to recipients whom the gate lets through: Odoo's own way, past the questions above."""
        if self.mailing_type == "sms":
            return super().action_send_sms(res_ids)
        return super()._action_send_mail(res_ids)

    def _note_hotel_done(self):
        self.write({"state": "done", "sent_date": fields.Datetime.now(), "kpi_mail_required": not self.sent_date})

    def _leave_to_hotel_gate(self, res_ids):
        """Ask the gate for one message to each guest among recipients; they leave by its job, when they may.

        :param list[int] res_ids: of the model of the mailing
        :returns: the recipients who are no guests
        :rtype: list[int]
        """
        self.ensure_one()
        others = []
        for start in range(0, len(res_ids), CHUNK):
            part = res_ids[start : start + CHUNK]
            guests = self._find_hotel_guests(part)
            others += [record_id for record_id in part if record_id not in guests]
            self._ask_hotel_gate(guests)
        return others

    def _ask_hotel_gate(self, guest_ids):
        """Ask for messages that say what this mailing says.

        :param dict[int, int] guest_ids: recipient -> guest; of several recipients one guest's first counts
        """
        records = {guest_id: record_id for record_id, guest_id in reversed(guest_ids.items())}
        if not records:
            return
        is_trial = self.ab_testing_enabled and self.campaign_id
        messages = self.env["hotel.message"]._send(
            self.env["res.partner"].browse(records),
            "offer",
            "email" if self.mailing_type == "mail" else "sms",
            f"mailing/trial/{self.campaign_id.id}" if is_trial else f"mailing/{self.id}",
            subject=self.subject or "",
            record=self.env[self.mailing_model_real].browse(next(iter(records.values()))),
            company=(self.user_id or self.env.user).company_id,
        )
        messages._query_tie(self, records)

    def _find_hotel_guests(self, res_ids):
        """Return which recipients are guests: by their contact, else by their address.

        :param list[int] res_ids: of the model of the mailing
        :rtype: dict[int, int]: recipient -> guest
        """
        # whoever writes to a record need not see the guest behind it
        records = self.env[self.mailing_model_real].sudo().browse(res_ids)
        contacts = records._mail_get_partners()
        found = {
            record_id: guests[:1].id
            for record_id, partners in contacts.items()
            if (guests := partners.filtered("is_hotel_guest"))
        }
        name = "email_normalized" if self.mailing_type == "mail" else "phone_sanitized"
        nameless = records.filtered(lambda record: not contacts.get(record.id)) if name in records._fields else []
        by_address = self._query_addresses(name, [record[name] for record in nameless if record[name]])
        return found | {record.id: by_address[record[name]] for record in nameless if record[name] in by_address}

    def _query_addresses(self, name, addresses):
        """Return whose addresses these are, the guest who is not archived first; SQL because of volume.

        :param str name: of the field of the address
        :rtype: dict[str, int]: address -> guest
        """
        if not addresses:
            return {}
        column = SQL.identifier("guest", name)
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT DISTINCT ON (%(column)s) %(column)s, guest.id FROM res_partner guest
                        WHERE %(column)s = ANY(%(addresses)s) AND guest.is_hotel_guest
                        ORDER BY %(column)s, guest.active DESC, guest.id""",
                    column=column,
                    addresses=addresses,
                )
            )
        )
