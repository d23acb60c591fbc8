"""Events of the bridge become the facts of a call."""

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.hotel_crm_base import contact

FACTS = (
    "state",
    "outcome",
    "reason",
    "hangup_by",
    "started_at",
    "menu_at",
    "queued_at",
    "connected_at",
    "ended_at",
    "transferred_at",
    "is_held",
    "is_dropped",
    "wait_s",
    "talk_s",
)
NOTICE = "hotel_crm_callcenter.call"


class HotelCall(models.Model):
    _inherit = "hotel.call"

    @api.model
    def _take_events(self, exchange, events):
        """Note events of the bridge and bring their calls up to date, each once.

        :param hotel.call.exchange exchange: whose key was used
        :param list events: contract.Event
        :returns: of each event, whether it was told before
        :rtype: list[bool]
        """
        uuids = [event.event_id for event in events]
        domain = [("exchange_id", "=", exchange.id), ("event_uuid", "in", uuids)]
        calls = {}
        # locked in one order, whatever the bridge sends: two batches that meet wait, and do not block each other
        for reference in sorted({event.call_id for event in events}):
            numbers = [(event.caller, event.called) for event in events if event.call_id == reference]
            caller, called = (next((pair[place] for pair in numbers if pair[place]), "") for place in (0, 1))
            calls[reference] = self._obtain(exchange, reference, caller, called)
        known = set(self.env["hotel.call.event"].search(domain).mapped("event_uuid"))
        told = []
        for event in events:
            told.append(event.event_id in known)
            if not told[-1]:
                known.add(event.event_id)
                calls[event.call_id]._note_event(event)
        for reference in {event.call_id for event, is_known in zip(events, told, strict=True) if not is_known}:
            calls[reference]._refresh()
        for event, is_known in zip(events, told, strict=True):
            if event.data.get("command") and not is_known:
                self.env["hotel.call.command"]._settle(calls[event.call_id], event)
        return told

    @api.model
    def _take_event(self, exchange, event):
        """Note one event; see `_take_events`.

        :rtype: bool
        """
        return self._take_events(exchange, [event])[0]

    def _note_event(self, event):
        """Keep an event of this call."""
        self.env["hotel.call.event"].create(
            {
                "call_id": self.id,
                "exchange_id": self.exchange_id.id,
                "event_uuid": event.event_id,
                "seq": event.seq,
                "occurred_at": event.at.replace(microsecond=0),
                "kind": event.kind,
                "data": event.data,
            }
        )
        if event.kind == "call.outgoing":
            self.direction = "out"
            self.env["hotel.call.job"]._note_begun(self.exchange_id, event.data.get("job_id"), self)

    @api.model
    def _obtain(self, exchange, reference, caller="", called=""):
        """Return a call of an exchange, locked; a new one where it is not known yet.

        Another request may know it first: then this one waits, fails by the snapshot and is tried
        again by Odoo, which is what is wanted.

        :param str reference: the bridge's name of the call
        :param str caller: number of the guest, as it came
        :param str called: number that was dialled
        :rtype: hotel.call
        """
        call = self._query_find(exchange, reference)
        if not call:
            self._query_insert(exchange, reference, called)
            self.invalidate_model()
            call = self._query_find(exchange, reference)
        call._complete(caller, called)
        return call

    @api.model
    def _query_find(self, exchange, reference):
        """Return a call and lock it; SQL because of the lock."""
        self.flush_model(["exchange_id", "call_ref"])
        rows = self.env.execute_query(
            SQL("SELECT id FROM hotel_call WHERE exchange_id = %s AND call_ref = %s FOR UPDATE", exchange.id, reference)
        )
        return self.browse(row_id for (row_id,) in rows)

    @api.model
    def _query_insert(self, exchange, reference, called):
        """Insert a call where nobody else has; SQL because the ORM knows no ON CONFLICT."""
        number = exchange._find_number(called)
        hotel = number.property_id or exchange.property_id
        self.env.cr.execute(
            SQL(
                """INSERT INTO hotel_call (exchange_id, call_ref, property_id, company_id, direction, state, queue_id,
                                           create_uid, create_date, write_uid, write_date)
                   VALUES (%s, %s, %s, %s, 'in', 'ringing', %s, %s, %s, %s, %s)
                   ON CONFLICT (exchange_id, call_ref) DO NOTHING""",
                exchange.id,
                reference,
                hotel.id,
                hotel.company_id.id,
                number.queue_id.id or exchange.queue_id.id or None,
                *(self.env.uid, fields.Datetime.now()) * 2,
            )
        )

    def _complete(self, caller, called):
        """Fill in the numbers once they are known, and who may call.

        An event that comes before the first one leaves the number to it; the number that was
        dialled says whose hotel it is.
        """
        values = {}
        if called and not self.called_number:
            number = self.exchange_id._find_number(called)
            values["called_number"] = called
            if number and number.property_id != self.property_id:
                # not for nothing: much hangs on the hotel
                values["property_id"] = number.property_id.id
            if number.queue_id:
                values["queue_id"] = number.queue_id.id
        if caller and not self.number:
            values["number"] = self._normalise(caller)
        if values:
            self.write(values)
        if "number" in values and not self.partner_id:
            self.partner_id = self._find_guest()

    def _normalise(self, caller):
        """Return a number with + and country code, or as it came where it cannot be read."""
        try:
            return contact.normalise_phone(caller, self.property_id.country_id.code or None)
        except contact.ContactError:
            return caller[:32]

    def _find_guest(self):
        """Return the one guest who has this number; nobody where several have it.

        :rtype: res.partner
        """
        guests = self._find_guests()
        return guests if len(guests) == 1 else guests.browse()

    def _find_guests(self):
        """Return the guests who have this number, of the hotel's company or of the chain."""
        domain = [
            ("phone_sanitized", "=", self.number),
            ("is_hotel_guest", "=", True),
            ("company_id", "in", [self.company_id.id, False]),
        ]
        return self.env["res.partner"].search(domain, limit=10) if self.number else self.env["res.partner"]

    def _refresh(self):
        """Bring the facts of this call up to date with its events."""
        events = self.env["hotel.call.event"].search([("call_id", "=", self.id)])
        facts = self._fold(events)
        was = self.state
        if self.direction == "out" and facts.outcome == "abandoned":
            facts.outcome = "missed"
        values = {name: getattr(facts, name) for name in FACTS}
        values = {name: value for name, value in values.items() if (self[name] or None) != (value or None)}
        level = self.queue_id.service_level_s or 20
        is_in_time = bool(facts.connected_at) and facts.wait_s <= level
        if is_in_time != self.is_in_time:
            values["is_in_time"] = is_in_time
        if values:
            self.write(values)
        changed = self._refresh_legs(facts.legs)
        agents = self._get_legs().filtered("answered_at").agent_id
        if agents and self.user_id != agents[-1:].user_id:
            self.user_id = agents[-1:].user_id
        if was != "ended" and self.state == "ended":
            self._after_end()
        if values or changed:
            self._tell_agents()

    def _refresh_legs(self, legs):
        """Write the legs, and return whether anything was new."""
        known = {leg.sequence: leg for leg in self.leg_ids}
        changed = False
        for sequence, facts in enumerate(legs, 1):
            values = {
                "endpoint": facts.endpoint,
                "state": facts.state,
                "rang_at": facts.rang_at,
                "answered_at": facts.answered_at,
                "ended_at": facts.ended_at,
                "reason": facts.reason,
            }
            leg = known.get(sequence)
            if not leg:
                agent = self._find_agent(facts.endpoint)
                values |= {"call_id": self.id, "sequence": sequence, "agent_id": agent.id, "user_id": agent.user_id.id}
                leg = self.env["hotel.call.leg"].create(values)
                if leg.state == "ended":
                    # all of the talk is told at once
                    leg.agent_id._follow("talking")
            elif any((leg[name] or None) != (value or None) for name, value in values.items()):
                leg.write(values)
            else:
                continue
            changed = True
            leg.agent_id._follow(leg.state)
        return changed

    def _find_agent(self, endpoint):
        return self.env["hotel.call.agent"].search(
            [("exchange_id", "=", self.exchange_id.id), ("endpoint", "=", endpoint)], limit=1
        )

    def _tell_agents(self):
        """Tell the agents of this call that it has changed: its id goes over the bus, nothing else."""
        users = self.leg_ids.user_id
        if self.state in ("waiting", "ended"):
            users |= self.queue_id.agent_ids.filtered(lambda agent: agent.state != "offline").user_id
        for user in users:
            user._bus_send(NOTICE, {"call_id": self.id})

    def _after_end(self):
        """Hook: what is done once a call has ended."""
