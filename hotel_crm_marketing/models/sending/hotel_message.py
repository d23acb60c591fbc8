"""Messages of activities leave as Odoo's mailings; the gate has asked everything before, and learns the result."""

from odoo import fields, models
from odoo.tools import SQL

#: states of a trace that mean that a message has left
LEFT = ("sent", "open", "reply", "pending")
#: guests of one mailing, about
SHARD = 20_000


class HotelMessage(models.Model):
    _inherit = "hotel.message"

    mailing_id = fields.Many2one(
        "mailing.mailing",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="That somebody made by hand, and that carries this message.",
    )

    def _query_tie(self, mailing, record_ids):
        """Let a mailing made by hand carry these messages; SQL because of volume.

        :param dict[int, int] record_ids: guest -> recipient of the mailing
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE hotel_message message SET mailing_id = %s, res_id = asked.record_id
                     FROM unnest(%s::int[], %s::int[]) AS asked (guest_id, record_id)
                    WHERE message.id = ANY(%s) AND message.partner_id = asked.guest_id
                      AND message.mailing_id IS NULL""",
                mailing.id,
                list(record_ids),
                list(record_ids.values()),
                self.ids,
            )
        )
        self.invalidate_recordset(["mailing_id", "res_id"])

    def _dispatch(self):
        told = self.filtered(lambda message: message.mailing_id or message.res_model == "hotel.campaign.member")
        told._dispatch_mailings()
        rest = self - told
        return super(HotelMessage, rest)._dispatch() if rest else None

    def _dispatch_mailings(self):
        """Ask the gate once more, then let mailings carry these messages.

        Those of activities have one for each language and subject.
        """
        if not self:
            return
        allowed = self._ask_again()
        again = allowed.filtered(lambda message: message.mail_id or message.sms_id)
        again._hand_again()
        by_hand = (allowed - again).filtered("mailing_id")
        for mailing, messages in by_hand.grouped("mailing_id").items():
            messages._hand_mailing(mailing)
        (allowed - again - by_hand)._dispatch_members()

    def _dispatch_members(self):
        """Let the mailings of activities carry these messages, one for each language and subject."""
        members = self.env["hotel.campaign.member"].browse(self.mapped("res_id"))
        by_id = {member.id: member for member in members.exists()}
        groups = self.filtered(lambda message: message.res_id in by_id).grouped(
            lambda message: (
                by_id[message.res_id].campaign_id,
                message.channel,
                message.partner_id.lang or self.env.lang,
                by_id[message.res_id].variant,
                message.res_id // SHARD,
            )
        )
        for (campaign, *which), messages in groups.items():
            messages._hand_mailing(campaign._get_hotel_mailing(*which))

    def _hand_mailing(self, mailing):
        """Let a mailing carry these messages; those that it has carried already are only noted."""
        self._note_handed()
        ids = self.mapped("res_id")
        domain = [("mass_mailing_id", "=", mailing.id), ("res_id", "in", ids)]
        traces = self.env["mailing.trace"].sudo()
        carried = set(traces.search(domain).mapped("res_id"))
        left = [member_id for member_id in ids if member_id not in carried]
        if left:
            # the queue sends them, so that what is open here stays short
            mailing.with_context(default_force_send=False)._carry_hotel_messages(left)
            mailing.state = "done"
        found = {trace.res_id: trace for trace in traces.search(domain)}
        for message in self:
            message._note_trace(found.get(message.res_id))

    def _note_trace(self, trace):
        """Tie this message to the e-mail or SMS of its trace, or note that there is none."""
        if not trace:
            self._note_result("unknown")
        elif trace.trace_status in ("cancel", "error", "bounce"):
            self._note_result(trace.failure_type or "unknown")
        elif trace.trace_type == "sms":
            self.sms_id = trace.sms_id
        else:
            self.mail_id = trace.mail_mail_id
        if trace and trace.trace_status in LEFT:
            self._note_result()
