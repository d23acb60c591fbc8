"""Who may be told what, when: the questions that are asked before a message is queued."""

import json

from odoo import api, fields, models
from odoo.tools import SQL

from ... import quiet
from ..guest.hotel_consent import PURPOSES
from .message_options import BOUNCES_DEFAULT, BOUNCES_PARAMETER

TRANSACTION = "transaction"
#: channel -> (address as typed, address in one form) on the guest
ADDRESSES = {"email": ("email", "email_normalized"), "sms": ("phone", "phone_sanitized")}
READ = ("res.partner", "hotel.consent", "mail.blacklist", "phone.blacklist", "hotel.message", "res.country")


class HotelMessage(models.Model):
    _inherit = "hotel.message"

    @api.model
    def _send(
        self,
        partners,
        purpose,
        channel,
        key,
        subject="",
        body="",
        template=None,
        record=None,
        property=None,  # noqa: A002
        attachments=(),
        company=None,
    ):
        """Queue one message to each of some guests, or keep why it is refused.

        The number of queries does not depend on how many guests there are. What was asked for
        already under this key is not asked for again: the first message is returned.

        :param res.partner partners: the guests
        :param str purpose: offer, greeting, survey, profiling, sharing, loyalty, or transaction for what a
            guest's own booking needs
        :param str channel: email or sms
        :param str key: names the occasion, such as ``greeting/12/2026``; each guest gets it once
        :param subject: of an e-mail without a template
        :param body: Markup (HTML) or text, where there is no template
        :param template: mail.template or sms.template (or XML id) of the model of ``record``, or of
            res.partner; filled in for each guest when the message leaves
        :param record: what the message is about
        :param hotel.property property: the hotel that speaks
        :param attachments: (name, bytes) each, or (name, bytes, mimetype); of e-mails
        :param res.company company: who speaks where there is no property
        :returns: queued and refused messages, one per guest
        :rtype: hotel.message (in sudo)
        :raises ValueError: there is no such purpose or channel, or no key
        """
        self._check_asked(purpose, channel, key)
        # the gate asks what its caller need not see, such as consents and the block list
        gate = self.sudo()
        company = (property and property.company_id) or company or self.env.company
        content = gate.env["hotel.message.content"]._make(channel, subject, body, template, attachments)
        values = {
            "property_id": property.id if property else None,
            "company_id": company.id,
            "purpose": purpose,
            "channel": channel,
            "res_model": record._name if record else None,
            "res_id": record.id if record else None,
            "content_id": content.id,
        }
        for model in READ:
            gate.env[model].flush_model()
        partners = partners.sudo()
        blocks = {} if purpose == TRANSACTION else partners._get_hotel_contact_blocks(purpose)
        found = gate._query_insert(partners.ids, key, values, gate._get_clock(partners.ids, values, property), blocks)
        gate.invalidate_model()
        if not gate.search_count([("content_id", "=", content.id)], limit=1):
            content.unlink()  # all was asked for before
        gate._wake(found)
        return found

    @api.model
    def _check_asked(self, purpose, channel, key):
        """Refuse what no caller may mean."""
        if purpose != TRANSACTION and purpose not in dict(PURPOSES):
            raise ValueError(f"There is no purpose {purpose!r}.")
        if channel not in ADDRESSES:
            raise ValueError(f"There is no channel {channel!r}.")
        if not key:
            raise ValueError("A message needs a key.")

    @api.model
    def _query_insert(self, partner_ids, key, values, clock, blocks):
        """Insert the messages that are not there yet, with their verdicts; SQL because of volume.

        :param dict values: columns that are the same for all
        :param list clock: (time zone, country, moment) from which guests of these may be written to
        :param dict blocks: reasons against contact by guest
        :returns: all messages of this key and these guests, in the order of the guests
        """
        now = fields.Datetime.now()
        columns = SQL(", ").join(map(SQL.identifier, values))
        self.env.cr.execute(
            SQL(
                """INSERT INTO hotel_message (partner_id, %(columns)s, dedupe_key, due_at, state, reason_code,
                        reason_detail, attempts, create_uid, write_uid, create_date, write_date)
                   SELECT guest.id, %(values)s, %(key)s || guest.id, COALESCE(clock.due_at, %(now)s),
                          CASE WHEN verdict.code IS NULL THEN 'queued' ELSE 'refused' END, verdict.code,
                          CASE WHEN verdict.code = 'contact_block' THEN block.reasons END, 0, %(uid)s, %(uid)s,
                          %(now)s, %(now)s
                     FROM (SELECT DISTINCT unnest(%(ids)s::int[]) AS id) asked
                     JOIN res_partner guest ON guest.id = asked.id
                     LEFT JOIN res_country country ON country.id = guest.country_id
                     LEFT JOIN %(clock)s ON clock.tz = COALESCE(guest.tz, '')
                           AND clock.country = COALESCE(country.code, '')
                     LEFT JOIN %(blocks)s ON block.id = guest.id,
                          LATERAL (SELECT %(verdict)s AS code) verdict
                    ORDER BY guest.id
                   ON CONFLICT (dedupe_key, channel) DO NOTHING""",
                columns=columns,
                values=SQL(", ").join(SQL("%s", value) for value in values.values()),
                key=f"{key}/",
                now=now,
                uid=self.env.uid,
                ids=partner_ids,
                clock=self._as_table("clock", "tz text, country text, due_at timestamp", clock),
                blocks=self._as_table("block", "id int, reasons text", self._join_reasons(blocks)),
                verdict=self._get_verdict(values["purpose"], values["channel"], values["company_id"], SQL("TRUE")),
            )
        )
        return self._query_asked(partner_ids, f"{key}/", values["channel"])

    @api.model
    def _query_asked(self, partner_ids, prefix, channel):
        """Return the messages of one occasion in the order of their guests; SQL because of volume.

        :param str prefix: of the keys
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT message.id FROM unnest(%s::int[]) WITH ORDINALITY AS asked(id, position)
                     JOIN hotel_message message ON message.dedupe_key = %s || asked.id AND message.channel = %s
                    ORDER BY asked.position""",
                partner_ids,
                prefix,
                channel,
            )
        )
        return self.browse(list(dict.fromkeys(message_id for (message_id,) in rows)))

    @api.model
    def _join_reasons(self, blocks):
        return [(guest_id, "; ".join(reasons)) for guest_id, reasons in blocks.items() if reasons]

    @api.model
    def _as_table(self, name, columns, rows):
        """Return rows of values as a table of a query, in one parameter.

        :param str name: alias, trusted
        :param str columns: names and types, trusted
        """
        names = [column.split()[0] for column in columns.split(", ")]
        content = json.dumps([dict(zip(names, row, strict=True)) for row in rows], default=str)
        return SQL("json_to_recordset(%s) AS %s(%s)", content, SQL.identifier(name), SQL(columns))

    # ---- verdicts -----------------------------------------------------------------------------

    @api.model
    def _get_verdict(self, purpose, channel, company_id, beside):
        """Return what stands against a message, as an expression over ``guest`` and ``block``.

        :param SQL beside: condition on other messages (``other``) that count for the cap
        :returns: the code of the first reason, or NULL
        :rtype: SQL
        """
        typed, address = (SQL.identifier("guest", name) for name in ADDRESSES[channel])
        checks = [
            (SQL("COALESCE(%s, '') = ''", typed), "no_address"),
            (SQL("COALESCE(%s, '') = ''", address), "bad_address"),
            (self._get_bounced(channel), "bounced"),
        ]
        if purpose != TRANSACTION:
            checks += self._get_courtesies(purpose, channel, company_id, address, beside)
        return SQL("CASE %s END", SQL(" ").join(SQL("WHEN %s THEN %s", check, code) for check, code in checks))

    @api.model
    def _get_bounced(self, channel):
        if channel == "sms":
            return SQL("COALESCE(guest.hotel_sms_bounces, 0) > 0")
        return SQL("COALESCE(guest.message_bounce, 0) >= %s", self._get_bounce_limit())

    @api.model
    def _get_bounce_limit(self):
        """Return how many e-mails come back before an address is given up.

        :rtype: int
        """
        # a setting; whoever queues a message need not see settings
        return int(self.env["ir.config_parameter"].sudo().get_param(BOUNCES_PARAMETER, BOUNCES_DEFAULT))

    @api.model
    def _get_courtesies(self, purpose, channel, company_id, address, beside):
        """Return what is asked of all messages but those of a guest's own booking.

        :rtype: list[tuple[SQL, str]]: condition and code
        """
        blacklist, column = ("mail_blacklist", "email") if channel == "email" else ("phone_blacklist", "number")
        listed = SQL(
            "EXISTS (SELECT FROM %s listed WHERE listed.active AND listed.%s = %s)",
            SQL.identifier(blacklist),
            SQL.identifier(column),
            address,
        )
        blocked = SQL(
            "guest.hotel_block_reason IS NOT NULL AND COALESCE(guest.hotel_block_until >= %s, TRUE)",
            fields.Date.context_today(self),
        )
        agreed = self.env["res.partner"]._query_hotel_consent(purpose, channel)
        return [
            (SQL("NOT COALESCE(guest.active, FALSE)"), "gone"),
            (blocked, "blocked"),
            (SQL("guest.id NOT IN (%s)", agreed), "no_consent"),
            (listed, "opted_out"),
            (SQL("block.reasons IS NOT NULL"), "contact_block"),
            *self._get_cap(channel, company_id, beside),
        ]

    @api.model
    def _get_cap(self, channel, company_id, beside):
        """Return the frequency cap: messages of all purposes and companies count, own bookings' do not."""
        company = self.env["res.company"].browse(company_id)
        most = company.hotel_cap_email if channel == "email" else company.hotel_cap_sms
        if not most:
            return []
        since = fields.Datetime.subtract(fields.Datetime.now(), days=company.hotel_cap_days)
        sent = SQL(
            """(SELECT count(*) FROM hotel_message other
                 WHERE other.partner_id = guest.id AND other.channel = %s AND other.purpose <> %s
                   AND other.state IN ('queued', 'sending', 'sent') AND %s
                   AND COALESCE(other.sent_at, other.due_at) > %s) >= %s""",
            channel,
            TRANSACTION,
            beside,
            since,
            most,
        )
        return [(sent, "too_often")]

    # ---- clock --------------------------------------------------------------------------------

    @api.model
    def _get_clock(self, partner_ids, values, hotel=None):
        """Return from when guests may be written to, for each time zone and country among them.

        :rtype: list[tuple[str, str, datetime]]: empty where it is now for all
        """
        company = self.env["res.company"].browse(values["company_id"])
        start, end = company.hotel_quiet_start, company.hotel_quiet_end
        if values["purpose"] == TRANSACTION or start == end:
            return []
        now = fields.Datetime.now()
        fallback = (hotel and hotel.tz) or company.partner_id.tz or "UTC"
        return [
            (tz, country, quiet.next_allowed_everywhere(now, quiet.get_zones(tz, country, fallback), start, end))
            for tz, country in self._query_places(partner_ids)
        ]

    @api.model
    def _query_places(self, partner_ids):
        """Return the time zones and countries of guests, each pair once; SQL because of volume."""
        return self.env.execute_query(
            SQL(
                """SELECT DISTINCT COALESCE(guest.tz, ''), COALESCE(country.code, '')
                     FROM res_partner guest LEFT JOIN res_country country ON country.id = guest.country_id
                    WHERE guest.id = ANY(%s)""",
                partner_ids,
            )
        )

    @api.model
    def _wake(self, messages=None):
        """Let the job run as soon as something is due.

        :param hotel.message messages: those just queued; None: there is something to do now
        """
        job = self.env.ref("hotel_crm_base.ir_cron_message_send").sudo()
        if messages is None:
            job._trigger()
        elif dues := {due for due, state in self._query_dues(messages.ids) if state == "queued"}:
            job._trigger(dues)

    @api.model
    def _query_dues(self, message_ids):
        """Return the moments and states of messages, each pair once; SQL because of volume."""
        return self.env.execute_query(
            SQL("SELECT DISTINCT due_at, state FROM hotel_message WHERE id = ANY(%s)", message_ids)
        )
