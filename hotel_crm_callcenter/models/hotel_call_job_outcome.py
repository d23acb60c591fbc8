"""What becomes of calls to make: reached, tried again, or handed to a person."""

from odoo import api, fields, models

from .. import retry
from ..contract import ContractError


class HotelCallJob(models.Model):
    _inherit = "hotel.call.job"

    def _take_result(self, result):
        """Note what became of an attempt; the same attempt is noted once.

        :param contract.Result result: as the bridge tells it
        :returns: whether it was told before
        :rtype: bool
        :raises ContractError: there was no such attempt
        """
        self.ensure_one()
        self.lock_for_update()
        attempt = self.attempt_ids.filtered(lambda each: each.number == result.attempt)
        if not attempt:
            raise ContractError("There was no such attempt.", "not_found", 404)
        if attempt.status:
            return True
        call = self._find_call(result.call_id) or attempt.call_id
        attempt.write(
            {
                "status": result.status,
                "reason": result.reason,
                "cause": result.cause,
                "sip": result.sip,
                "wait_s": result.wait_s,
                "talk_s": result.talk_s,
                "ended_at": fields.Datetime.now(),
                "call_id": call.id,
            }
        )
        if result.status == "answered":
            self._succeed(attempt)
        elif attempt.number == self.attempt_count and self.state == "claimed":
            self._retry(result.reason)
        return False

    @api.model
    def _note_begun(self, exchange, job_id, call):
        """A bridge makes a call: the desk shows at once why, and to whom.

        :param int job_id: as the bridge tells it, of this exchange or it is nothing
        """
        job = self.search([("id", "=", job_id), ("exchange_id", "=", exchange.id)])
        attempt = job.attempt_ids.filtered(lambda each: each.number == job.attempt_count and not each.call_id)
        if attempt:
            attempt.call_id = call
            call.partner_id = call.partner_id or job.partner_id

    def _find_call(self, reference):
        return self.env["hotel.call"].search(
            [("exchange_id", "=", self.exchange_id.id), ("call_ref", "=", reference)], limit=1
        )

    def _succeed(self, attempt):
        """The guest was reached: the call is made."""
        self.write({"state": "done", "reason": False, "lease_until": False})
        self.activity_unlink(["mail.mail_activity_data_todo"])
        if attempt.call_id and not attempt.call_id.partner_id:
            attempt.call_id.partner_id = self.partner_id
        self._close_follow_up()

    def _close_follow_up(self):
        """Close the follow-ups that these calls have carried out, by what the agent says came of them.

        Where the agent has said nothing yet, the follow-up stays with whoever has it to do.
        """
        for job in self.filtered(lambda job: job.follow_up_id and job.state == "done"):
            calls = job.attempt_ids.filtered(lambda attempt: attempt.status == "answered").call_id
            call = calls.filtered("result_id.follow_up_result")[-1:]
            if call:
                job.follow_up_id._close_by_call(call.result_id.follow_up_result, call.note or "")

    def _retry(self, reason):
        """Plan the next attempt, or give the call up and make a task of it."""
        faults = len(self.attempt_ids.filtered(lambda each: retry.is_fault(each.reason or "")))
        tries = len(self.attempt_ids.filtered("status")) - faults
        due = retry.plan(fields.Datetime.now(), reason, tries, faults)
        if due:
            due = self._get_allowed_time(due)
            self.write({"state": "waiting", "due_at": due, "reason": reason, "lease_until": False})
            return
        self.write({"state": "failed", "reason": reason, "lease_until": False})
        self._make_task(reason)
        if self.follow_up_id:
            self.follow_up_id._close_by_call("not_reached", self.env._("Not reached by telephone: %s", reason))

    def _make_task(self, reason):
        """Give a call that nobody could make to a person."""
        texts = {
            "bad_number": self.env._("The number does not exist: correct it, then call again."),
            "rejected": self.env._("The guest has refused the calls: write instead, or leave it."),
        }
        text = texts.get(reason) or self.env._("Nobody was reached: find another way to this guest.")
        user = self.agent_id.user_id or self.env["hotel.call.agent"]._get_supervisor(self.property_id)
        self.activity_schedule(
            "mail.mail_activity_data_todo", summary=text, user_id=user.id or self.env.ref("base.user_admin").id
        )
