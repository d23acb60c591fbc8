"""The job that lets due messages leave, and what becomes of them."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...contact import join_address
from .hotel_message_gate import TRANSACTION
from .message_options import DEAD_NUMBERS, FIRST_WAIT_MINUTES, LASTING, TRIES

_logger = logging.getLogger(__name__)

STALE = timedelta(hours=6)


class HotelMessage(models.Model):
    _inherit = "hotel.message"

    @api.model
    def _cron_send_due(self, batch=200):
        """Hand what is due to Odoo's queues of e-mails and SMS, batch by batch, and commit each."""
        cron = self.env["ir.cron"]
        self._check_leaving()
        cron._commit_progress(remaining=self.search_count(self._get_due_domain(), limit=100_000))
        while messages := self._take_due(batch):
            messages._dispatch()
            if not cron._commit_progress(len(messages)):
                break

    @api.model
    def _get_due_domain(self):
        return Domain("state", "=", "queued") & Domain("due_at", "<=", fields.Datetime.now())

    @api.model
    def _take_due(self, batch):
        """Return messages to send now and lock them: guests' own bookings do not wait for campaigns.

        Those that another connection holds are left to it.

        :rtype: hotel.message
        """
        due = self._get_due_domain()
        for part in (Domain("purpose", "=", TRANSACTION), Domain("purpose", "!=", TRANSACTION)):
            found = self.search(due & part, limit=batch, order="due_at, id").try_lock_for_update()
            found.invalidate_recordset()
            if found := found.filtered_domain(due):
                return found
        return self.browse()

    def _dispatch(self):
        """Ask the gate once more, make the e-mails and SMS, and hand them over."""
        allowed = self._ask_again()
        again = allowed.filtered(lambda message: message.mail_id or message.sms_id)
        again._hand_again()
        fresh = allowed - again
        texts = fresh._render()
        for channel, messages in fresh.filtered(lambda message: message in texts).grouped("channel").items():
            if channel == "email":
                messages._hand_mails(texts)
            else:
                messages._hand_texts(texts)
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _ask_again(self):
        """Refuse what may no longer be sent: a guest withdrew, was blocked, or the facts changed.

        :returns: what may leave
        :rtype: hotel.message
        """
        refused = {}
        for (purpose, channel, company), messages in self.grouped(
            lambda message: (message.purpose, message.channel, message.company_id)
        ).items():
            refused.update(messages._query_verdicts(purpose, channel, company))
        for message in self:
            code, detail = refused.get(message.id) or (None, None)
            if not code and message._is_outdated():
                code = "outdated"
            if code:
                message.write({"state": "refused", "reason_code": code, "reason_detail": detail})
        return self.filtered(lambda message: message.state == "queued")

    def _is_outdated(self):
        """Return whether what the message is about is gone, or says so itself.

        :rtype: bool
        """
        if not self.res_model:
            return False
        record = self.env[self.res_model].browse(self.res_id).exists() if self.res_model in self.env else None
        if not record:
            return True
        return hasattr(record, "_is_hotel_message_outdated") and record._is_hotel_message_outdated(self)

    def _query_verdicts(self, purpose, channel, company):
        """Return what stands against these messages now: id -> (code, detail). SQL because of volume."""
        self.env.flush_all()
        blocks = {} if purpose == TRANSACTION else self.partner_id._get_hotel_contact_blocks(purpose)
        # of several in the queue the one asked for first leaves first
        beside = SQL("(other.state <> 'queued' OR other.id < message.id)")
        rows = self.env.execute_query(
            SQL(
                """SELECT message.id, verdict.code, CASE WHEN verdict.code = 'contact_block' THEN block.reasons END
                     FROM hotel_message message JOIN res_partner guest ON guest.id = message.partner_id
                     LEFT JOIN %(blocks)s ON block.id = guest.id,
                          LATERAL (SELECT %(verdict)s AS code) verdict
                    WHERE message.id = ANY(%(ids)s) AND verdict.code IS NOT NULL""",
                blocks=self._as_table("block", "id int, reasons text", self._join_reasons(blocks)),
                verdict=self._get_verdict(purpose, channel, company.id, beside),
                ids=self.ids,
            )
        )
        return {message_id: (code, detail) for message_id, code, detail in rows}

    # ---- handing over -------------------------------------------------------------------------

    def _hand_mails(self, texts):
        """Make the e-mails of these messages and leave them to Odoo's queue.

        :param dict texts: message -> (subject, body)
        """
        mails = self.env["mail.mail"].create([message._prepare_mail(*texts[message]) for message in self])
        self._note_handed()
        for message, mail in zip(self, mails, strict=True):
            message.mail_id = mail

    def _prepare_mail(self, subject, body):
        """Return the values of the e-mail of this message.

        Its text stays on the record it is about, where that has a log; else it goes with the e-mail.
        """
        sender = self.property_id.partner_id or self.company_id.partner_id
        is_logged = bool(self.res_model) and "message_ids" in self.env[self.res_model]._fields
        content = (
            self.env["ir.qweb"]
            .with_context(lang=self.partner_id.lang)
            ._render(
                "hotel_crm_base.message_layout",
                {
                    "body": body,
                    "hotel": self.property_id,
                    "company": self.company_id,
                    "sender": sender,
                    "address": join_address(sender.contact_address_inline),
                },
            )
        )
        return {
            "subject": subject,
            "body_html": content,
            "recipient_ids": [fields.Command.set(self.partner_id.ids)],
            "author_id": sender.id,
            "email_from": sender.email_formatted or self.company_id.email_formatted or self.env.user.email_formatted,
            "reply_to": sender.email_formatted or self.company_id.email_formatted,
            "attachment_ids": [fields.Command.set(self._get_files().ids)],
            "message_type": "email_outgoing",
            "auto_delete": True,
            "record_company_id": self.company_id.id,
            **(
                {"model": self.res_model, "res_id": self.res_id, "body": body, "is_notification": True}
                if is_logged
                else {}
            ),
        }

    def _get_files(self):
        """Return what goes with the e-mail: the files of its content, and those of what it is about.

        :rtype: ir.attachment
        """
        files = self.content_id.attachment_ids
        record = self.env[self.res_model].browse(self.res_id) if self.res_model else None
        if record is None or not hasattr(record, "_get_hotel_message_attachments"):
            return files
        return files | self.env["ir.attachment"].create(
            [
                {"name": name, "raw": data, "mimetype": kind, "res_model": self.res_model, "res_id": self.res_id}
                for name, data, kind in record._get_hotel_message_attachments(self)
            ]
        )

    def _hand_texts(self, texts):
        """Make the SMS of these messages; Odoo's queue sends them."""
        messages = self.env["sms.sms"].create(
            [
                {
                    "number": message.partner_id.phone_sanitized,
                    "body": texts[message][1],
                    "partner_id": message.partner_id.id,
                }
                for message in self
            ]
        )
        self._note_handed()
        for message, sms in zip(self, messages, strict=True):
            message.sms_id = sms

    def _hand_again(self):
        """Put what could not be delivered back into Odoo's queues."""
        if not self:
            return
        self.mail_id.mark_outgoing()
        self.sms_id.action_set_outgoing()
        if self.sms_id:
            self.env.ref("sms.ir_cron_sms_scheduler_action")._trigger()
        self._note_handed()

    def _note_handed(self):
        self.write({"state": "sending", "handed_at": fields.Datetime.now(), "reason_code": False})

    # ---- what became of it --------------------------------------------------------------------

    def _note_result(self, failure=None):
        """Note that these messages have left, or why not; try again what may still succeed.

        :param str failure: failure type of mail.mail or sms.sms; None: sent
        """
        if not failure:
            self.write(
                {"state": "sent", "sent_at": fields.Datetime.now(), "reason_code": False, "reason_detail": False}
            )
            return
        lost = self.filtered(lambda message: failure in LASTING or message.attempts + 1 >= TRIES)
        for message in self - lost:
            wait = timedelta(minutes=FIRST_WAIT_MINUTES * 4**message.attempts)
            due = fields.Datetime.now() + wait
            message.write({"state": "queued", "attempts": message.attempts + 1, "due_at": due, "reason_code": failure})
        lost.write({"state": "failed", "reason_code": failure})
        if failure in DEAD_NUMBERS:
            for guest in lost.partner_id:
                guest.hotel_sms_bounces += 1
        lost._after_failure()
        self._wake(self - lost)

    def _after_failure(self):
        """Tell somebody about messages of guests' own bookings that are given up."""
        for message in self.filtered(lambda message: message.purpose == TRANSACTION and message.res_model):
            record = self.env[message.res_model].browse(message.res_id).exists()
            if record and hasattr(record, "activity_schedule"):
                record.activity_schedule(
                    "mail.mail_activity_data_warning",
                    summary=self.env._("A message did not reach the guest"),
                    note=message.reason,
                    user_id=message.property_id._get_desk_user().id,
                )

    @api.model
    def _check_leaving(self):
        """Ask what became of messages whose e-mail or SMS went another way, such as cancelled by hand."""
        before = fields.Datetime.now() - STALE
        for message in self.search([("state", "=", "sending"), ("handed_at", "<", before)], limit=1000):
            source = message.mail_id or message.sms_id
            if source and source.state in ("outgoing", "process"):
                continue
            if not source:
                message.write({"state": "failed", "reason_code": "lost"})
            elif source.state in ("cancel", "canceled"):
                message.write({"state": "refused", "reason_code": "withdrawn"})
            else:
                failed = source.state in ("exception", "error")
                message._note_result((source.failure_type or "unknown") if failed else None)
