"""The stop button: what has not left the house does not leave, and can go on later."""

from odoo import fields, models
from odoo.tools import SQL

from ..campaign.utm_campaign_state import MARKETING

#: why messages of an activity were held, so that they may leave later
HELD = ("stopped", "outdated")


class UtmCampaign(models.Model):
    _inherit = "utm.campaign"

    def action_hotel_stop(self):
        """Stop telling: what has not left the house does not leave. Callable by marketing.

        Messages that wait for their hour find the activity stopped when it comes.
        """
        self._check_hotel_group(MARKETING)
        campaigns = self.sudo()  # the role was checked; states are written by buttons only
        campaigns.write({"hotel_send_state": "stopped"})
        campaigns._hold_hotel_messages()

    def _hold_hotel_messages(self):
        """Hold messages that lie in Odoo's queues of e-mails and SMS; SQL because of volume."""
        self.env.flush_all()
        leaving = SQL(
            """SELECT message.id, message.mail_id, message.sms_id FROM hotel_message message
                 JOIN hotel_campaign_member member ON member.id = message.res_id
                WHERE message.state = 'sending' AND message.res_model = 'hotel.campaign.member'
                  AND member.campaign_id = ANY(%s)""",
            self.ids,
        )
        cancel = """UPDATE {0} queued SET state = '{1}' FROM (%s) leaving
                     WHERE queued.id = leaving.{2} AND queued.state IN ('outgoing', '{1}') RETURNING leaving.id"""
        held = []
        for table, state, column in (("mail_mail", "cancel", "mail_id"), ("sms_sms", "canceled", "sms_id")):
            # names are those above
            held += self.env.execute_query(SQL(cancel.format(table, state, column), leaving))
        self.env.cr.execute(
            SQL(
                "UPDATE hotel_message SET state = 'refused', reason_code = 'stopped' WHERE id = ANY(%s)",
                [message_id for (message_id,) in held],
            )
        )
        self._forget_hotel_messages()

    def _free_hotel_messages(self):
        """Let messages that were held leave, when their guests may be written to; by the job.

        SQL because of volume.
        """
        self.env.flush_all()
        for campaign in self:
            held = SQL(
                """SELECT message.id, message.partner_id FROM hotel_message message
                     JOIN hotel_campaign_member member ON member.message_id = message.id
                    WHERE member.campaign_id = %s AND message.state = 'refused' AND message.reason_code IN %s""",
                campaign.id,
                HELD,
            )
            rows = self.env.execute_query(held)
            if rows:
                campaign._query_free([message_id for message_id, _guest_id in rows], [row[1] for row in rows])
        self._forget_hotel_messages()

    def _query_free(self, message_ids, guest_ids):
        """Queue messages anew, after the guests' quiet hours. SQL as above."""
        gate = self.env["hotel.message"]
        speaker = {"company_id": self.hotel_company_id.id, "purpose": "offer"}
        clock = gate._get_clock(guest_ids, speaker, self._get_hotel_speaker())
        self.env.cr.execute(
            SQL(
                """UPDATE hotel_message message
                      SET state = 'queued', reason_code = NULL, due_at = COALESCE(clock.due_at, %(now)s)
                     FROM res_partner guest LEFT JOIN res_country country ON country.id = guest.country_id
                     LEFT JOIN %(clock)s ON clock.tz = COALESCE(guest.tz, '')
                           AND clock.country = COALESCE(country.code, '')
                    WHERE guest.id = message.partner_id AND message.id = ANY(%(ids)s)""",
                now=fields.Datetime.now(),
                clock=gate._as_table("clock", "tz text, country text, due_at timestamp", clock),
                ids=message_ids,
            )
        )
        gate.invalidate_model()
        gate._wake(gate.browse(message_ids))

    def _forget_hotel_messages(self):
        for model in ("hotel.message", "mail.mail", "sms.sms"):
            self.env[model].invalidate_model()
