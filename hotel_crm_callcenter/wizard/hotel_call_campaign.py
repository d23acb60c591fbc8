"""Calls to the guests of a segment: planned once, made in the hours and by the rules of all calls."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..models.hotel_call_job import KINDS

#: most calls that are planned at once
MOST = 20_000


class HotelCallCampaign(models.TransientModel):
    """Whom to call, why, and from when on."""

    _name = "hotel.call.campaign"
    _description = "Calls to a Segment"

    name = fields.Char(string="Occasion", required=True, help="Each guest is called once for an occasion.")
    segment_id = fields.Many2one("hotel.segment", required=True, ondelete="cascade")
    property_id = fields.Many2one(
        "hotel.property", required=True, default=lambda self: self.env.user._get_hotel_property(), ondelete="cascade"
    )
    kind = fields.Selection(
        [kind for kind in KINDS if kind[0] in ("survey", "departure", "win_back")], required=True, default="win_back"
    )
    mode = fields.Selection(
        [("agent_first", "Agent First"), ("menu_first", "Menu First")], required=True, default="agent_first"
    )
    due_at = fields.Datetime(string="From", required=True, default=fields.Datetime.now)
    note = fields.Text(string="What to Say")

    def action_plan(self):
        """Plan the calls. Callable by managers.

        :rtype: dict: an action that lists them
        :raises UserError: the hotel has no exchange
        """
        self.ensure_one()
        self.segment_id.check_access("read")
        exchange = self.env["hotel.call.exchange"]._find_for(self.property_id)
        if not exchange:
            raise UserError(self.env._("This hotel has no telephone exchange."))
        self._query_plan(exchange)
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_callcenter.hotel_call_job_action")
        return {**action, "domain": [("source_key", "=like", f"{self._get_prefix()}%")]}

    def _get_prefix(self):
        return f"campaign/{self.property_id.id}/{self.name}/"

    def _query_plan(self, exchange):
        """Insert the calls that are not planned yet; SQL because of volume. Consent is asked when each is made."""
        self.env.flush_all()
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """INSERT INTO hotel_call_job (property_id, company_id, exchange_id, queue_id, partner_id, number, kind,
                          mode, priority, state, due_at, note, occasion, source_key, create_uid, create_date,
                          write_uid, write_date)
                   SELECT %(hotel)s, %(company)s, %(exchange)s, %(queue)s, guest.id, guest.phone_sanitized, %(kind)s,
                          %(mode)s, 5, 'waiting', %(due)s, %(note)s, %(name)s, %(prefix)s || guest.id, %(uid)s, %(now)s,
                          %(uid)s, %(now)s
                     FROM (%(members)s) AS member(id) JOIN res_partner guest ON guest.id = member.id
                    WHERE guest.phone_sanitized IS NOT NULL AND guest.active
                    ORDER BY guest.id LIMIT %(most)s
                   ON CONFLICT (source_key) WHERE source_key IS NOT NULL DO NOTHING""",
                hotel=self.property_id.id,
                company=self.property_id.company_id.id,
                exchange=exchange.id,
                queue=exchange.queue_id.id or None,
                kind=self.kind,
                mode=self.mode,
                due=self.due_at,
                note=self.note or None,
                name=self.name,
                prefix=self._get_prefix(),
                uid=self.env.uid,
                now=now,
                members=self.segment_id._get_query(),
                most=MOST,
            )
        )
        self.env["hotel.call.job"].invalidate_model()
