from markupsafe import Markup

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.hotel_crm_base.models.border.hotel_message_gate import TRANSACTION


class HotelMessage(models.Model):
    _inherit = "hotel.message"

    @api.model
    def _query_refusals(self, partners, purpose, channel, company):
        """Return what stands against messages to some guests, asking the gate without queueing any; SQL as there.

        :param res.partner partners: the guests
        :param str purpose, channel: as of ``_send``
        :param res.company company: who would speak
        :returns: guest's id to the reason in words; those whom nothing stands against are left out
        :rtype: dict[int, str]
        """
        gate = self.sudo()  # as in _send
        gate.env.flush_all()
        blocks = partners.sudo()._get_hotel_contact_blocks(purpose)
        rows = gate.env.execute_query(
            SQL(
                """SELECT guest.id, verdict.code, block.reasons FROM res_partner guest
                     LEFT JOIN %(blocks)s ON block.id = guest.id, LATERAL (SELECT %(verdict)s AS code) verdict
                    WHERE guest.id = ANY(%(ids)s) AND verdict.code IS NOT NULL""",
                blocks=gate._as_table("block", "id int, reasons text", gate._join_reasons(blocks)),
                verdict=gate._get_verdict(purpose, channel, company.id, SQL("TRUE")),
                ids=partners.ids,
            )
        )
        return {
            guest_id: gate.new({"reason_code": code, "reason_detail": detail, "channel": channel})._get_reason()
            for guest_id, code, detail in rows
        }

    def _prepare_mail(self, subject, body):
        """Add the link by which a guest says no, to all but what the own booking needs."""
        if self.purpose != TRANSACTION:
            # the guest's language, also where the job has another one
            guest = self.partner_id
            text = self.with_context(lang=guest.lang or self.env.lang).env._("Choose which messages you get")
            body = Markup('%s<p style="font-size:12px"><a href="%s">%s</a></p>') % (
                Markup(body or ""),
                guest._get_hotel_choice_url(),
                text,
            )
        return super()._prepare_mail(subject, body)
