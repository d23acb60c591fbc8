"""What the bridge is to do next in a call: the voice menu, or a person."""

import re

from odoo import fields, models

from ..voice import engine, pinyin
from ..voice.flow import Flow, read_flow
from .hotel_voice_step import SERVICES
from .voice_world import CallWorld

#: eight digits: year, month and day of birth
BIRTH_DATE = re.compile(r"(19|20)\d{6}", re.ASCII)
MENU_FAILURES = [
    ("not_understood", "Not Understood"),
    ("not_proven", "Identity not Proven"),
    ("not_served", "Could not be Served"),
]
EMPTY = Flow(engine.PERSON, {})


class HotelCall(models.Model):
    _inherit = "hotel.call"

    menu_service = fields.Selection(
        SERVICES, string="Served by the Menu", readonly=True, help="What the guest was served last."
    )
    menu_failure = fields.Selection(
        MENU_FAILURES, string="Menu Failed", readonly=True, help="Why the menu could not help; a person was asked then."
    )

    def _answer_step(self, step):
        """Return the next actions of a call.

        :param contract.Step step: what the guest did
        :rtype: dict: node, lang, slots, actions
        """
        self.ensure_one()
        usage = "out" if step.slots.get("usage") == "out" or step.node == "outbound" else "in"
        number = self.exchange_id._find_number(self.called_number or "")
        menu = self.env["hotel.voice.flow"]._find(self.property_id, usage, number.flow_id)
        flow = read_flow(menu.content) if menu.content else EMPTY
        lang = step.lang if step.lang in engine.LANGUAGES.values() else self._guess_language()
        node = engine.PERSON if not menu and step.kind != "start" else step.node
        reply = engine.advance(flow, node, lang, {**step.slots, "usage": usage}, step.kind, step.value, CallWorld(self))
        self._note_service(reply)
        return {
            "node": reply.node or "end",
            "lang": reply.lang,
            "slots": reply.slots,
            "actions": [self._phrase(action) for action in reply.actions],
        }

    def _guess_language(self):
        """Return the language to begin with: the guest's, else that of the number's country."""
        if self.partner_id.lang:
            return "zh_CN" if self.partner_id.lang.startswith("zh") else "en_US"
        return "zh_CN" if (self.number or "").startswith("+86") else "en_US"

    def _note_service(self, reply):
        """Keep what the menu has done for the guest, and where it could not help."""
        if reply.served:
            self.menu_service = reply.served
        if reply.failure:
            self.menu_failure = reply.failure

    def _phrase(self, action):
        """Add how a Chinese text is read, for the free speech engine knows no characters."""
        said = action.get("say")
        if said and said["lang"] == "zh_CN":
            return {"say": {**said, "phonetic": pinyin.read(said["text"])}}
        return action

    # ---- who calls ------------------------------------------------------------------------------

    def _identify(self, digits):
        """Return whether the caller has proven who he or she is: the number, and the date of birth.

        Neither alone is enough, for a number can be forged. Tries are counted by number, over all calls.

        :param str digits: year, month and day, eight digits
        :rtype: bool
        """
        if not self.number or self.env["hotel.rate.limit"]._spend("voice", self.number):
            return False
        if not BIRTH_DATE.fullmatch(digits):
            return False
        born = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
        found = self._find_guests().filtered(lambda guest: str(guest.hotel_birth_date or "") == born)
        if len(found) != 1:
            return False
        self.write({"partner_id": found.id, "is_identified": True})
        return True

    # ---- persons --------------------------------------------------------------------------------

    def _prepare_transfer(self, queue_id=0, lang=""):
        """Return where to ring now, None where nobody is ready; from now on the caller waits.

        :param int queue_id: of the step, 0 for the queue of the call
        :param str lang: in which the menu speaks with the caller
        """
        if queue_id:
            self.queue_id = queue_id
        if not self.queued_at:
            self._note_waiting()
        return self.queue_id._prepare_transfer(lang) if self.queue_id else None

    def _note_waiting(self):
        """Note from when on the caller waits, as an event of our own."""
        self.env["hotel.call.event"].create(
            {
                "call_id": self.id,
                "exchange_id": self.exchange_id.id,
                "event_uuid": f"queued-{self.id}",
                "seq": 0,
                "occurred_at": fields.Datetime.now(),
                "kind": "call.queued",
            }
        )
        self._refresh()

    def _plan_callback(self, kind, **values):
        """Plan to call this guest back, once for this call and kind.

        :rtype: hotel.call.job, empty where the number is hidden
        """
        if not (self.number or "").startswith("+"):
            return self.env["hotel.call.job"]
        # not before the guest has hung up
        soon = fields.Datetime.add(fields.Datetime.now(), minutes=1)
        values = {"partner_id": self.partner_id.id, "call_id": self.id, "due_at": soon, **values}
        if self.queue_id:
            values["queue_id"] = self.queue_id.id
        return self.env["hotel.call.job"]._plan(self.property_id, kind, self.number, f"{kind}/call/{self.id}", **values)
