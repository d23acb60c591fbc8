"""What guests agreed to: asking for it, recording it."""

from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_current_consent_ids = fields.One2many(
        "hotel.consent",
        "partner_id",
        string="Current Consents",
        domain=[("is_current", "=", True)],
        help="The latest decision on each purpose and channel.",
    )

    def hotel_record_consent(self, purpose, channel, state, source="desk", text_version=None, proof=None):
        """Record what these guests have just decided.

        Callable by those who may record consents: front office, service, call center, managers.

        :param str purpose: offer, greeting, survey, profiling, sharing or loyalty
        :param str channel: email, sms, phone, post or any
        :param str state: given or withdrawn
        :param str source: desk, paper, web, phone or import
        :param str text_version: version of the text that the guest was shown
        :param str proof: what proves it, such as the number of the paper
        :return: the decisions
        :rtype: hotel.consent
        :raise ValidationError: there is no such purpose, channel, state or source
        :raise AccessError: the caller may not record consents
        """
        consents = self.env["hotel.consent"]
        chosen = {"purpose": purpose, "channel": channel, "state": state, "source": source}
        for name, value in chosen.items():
            if value not in dict(consents._fields[name].selection):
                raise ValidationError(self.env._("There is no %(name)s “%(value)s”.", name=name, value=value))
        details = {"text_version": text_version, "proof": proof}
        return consents.create([{"partner_id": guest.id, **chosen, **details} for guest in self])

    def _has_hotel_consent(self, purpose, channel):
        """Return those of these guests who have agreed.

        The latest decision counts, among those on this channel and those on any channel.
        Who has never decided has not agreed. What a guest's own booking needs (purpose
        ``transaction``) needs no consent.

        :param str purpose: offer, greeting, survey, profiling, sharing, loyalty or transaction
        :param str channel: email, sms, phone, post or any
        :rtype: res.partner
        """
        if purpose == "transaction" or not self:
            return self
        self.env["hotel.consent"].flush_model()
        query = self._query_hotel_consent(purpose, channel)
        rows = self.env.execute_query(
            SQL("SELECT id FROM (%s) AS agreed(id) WHERE id IN %s", query, tuple(self.ids) or (0,))
        )
        agreed = {partner_id for (partner_id,) in rows}
        return self.filtered(lambda guest: guest.id in agreed)

    def _query_hotel_consent(self, purpose, channel):
        """Return a query of the ids of all guests who have agreed, to be part of a larger one.

        Raw SQL because audiences are hundreds of thousands. The caller flushes hotel.consent.

        :rtype: SQL
        """
        return SQL(
            """SELECT partner_id FROM (
                   SELECT DISTINCT ON (partner_id) partner_id, state
                     FROM hotel_consent
                    WHERE is_current AND purpose = %s AND channel IN (%s, 'any')
                 ORDER BY partner_id, decided_at DESC, id DESC) AS latest
                WHERE state = 'given'""",
            purpose,
            channel,
        )
