"""A voice menu tried out on the screen, without a telephone."""

from odoo import models
from odoo.exceptions import UserError

from ..voice import engine, words
from ..voice.check import check
from ..voice.flow import read_flow

#: what the screen may pretend, with its bounds
OPENINGS, CALLERS, MAX_STATE = ("open", "closed", "holiday"), ("other", "known", "vip"), 4000


class SimulatedWorld(engine.World):
    """A world that the person at the screen makes up; nothing real is read or done."""

    def __init__(self, settings, slots):
        self.settings, self.slots = settings, slots

    def say(self, name):
        return words.fill(name)

    def get_opening(self):
        return self.settings["opening"]

    def get_caller(self):
        return self.settings["caller"]

    def is_identified(self):
        return bool(self.slots.get("proven"))

    def identify(self, digits):
        self.slots["proven"] = digits == "19800101"
        return self.slots["proven"]

    def serve(self, service, slots):
        names = {"points": "points_none", "booking": "booking_none", "request_booking": "callback"}
        return "next", words.fill(names.get(service, service))

    def accept(self, slot, digits):
        return digits

    def transfer(self, queue, lang):
        return {"to": ["PJSIP/agent"]} if self.settings["is_staffed"] else None

    def may_wait(self):
        return self.slots.get("waits", 0) < 3

    def promise_call(self):
        return True


class HotelVoiceFlow(models.Model):
    _inherit = "hotel.voice.flow"

    def action_simulate(self):
        """Open the simulator. Callable by those who see menus.

        :rtype: dict: an action
        """
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "hotel_crm_callcenter.simulator",
            "name": self.env._("Try out: %(menu)s", menu=self.display_name),
            "params": {"flow_id": self.id},
        }

    def simulate(self, state, kind, value=""):
        """Return what the menu says next, without a telephone. Callable by those who see menus.

        :param dict state: node, lang, slots as returned before (empty at the beginning), and settings: opening
            (open, closed, holiday), caller (other, known, vip), is_staffed (bool)
        :param str kind: start, digits, timeout, hangup, transfer_failed or recorded
        :param str value: the digits
        :returns: node, lang, slots, actions, step (name), problems (sentences)
        :rtype: dict
        :raises UserError: the menu has no steps
        """
        self.ensure_one()
        self.check_access("read")
        content = self.content if self.state != "draft" else self._build()
        flow = read_flow(content or {"start": "", "steps": []})
        if flow.start not in flow.steps or any(
            problem.code in ("unknown_target", "unknown_kind", "endless_loop") for problem in check(flow)
        ):
            raise UserError("\n".join(self._get_problems()) or self.env._("The menu has no steps."))
        slots = dict(state.get("slots") or {}) if len(str(state)) < MAX_STATE else {}
        world = SimulatedWorld(self._read_settings(state.get("settings") or {}), slots)
        node, lang = str(state.get("node") or ""), str(state.get("lang") or "en_US")
        reply = engine.advance(flow, node, lang, slots, kind, str(value)[:12], world)
        reply.slots["proven"] = bool(slots.get("proven"))
        names = {f"s{step.id}": step.name for step in self.step_ids}
        return {
            "node": reply.node,
            "lang": reply.lang,
            "slots": reply.slots,
            "actions": reply.actions,
            "step": names.get(reply.node, ""),
        }

    def _read_settings(self, settings):
        opening, caller = settings.get("opening"), settings.get("caller")
        return {
            "opening": opening if opening in OPENINGS else "open",
            "caller": caller if caller in CALLERS else "other",
            "is_staffed": bool(settings.get("is_staffed", True)),
        }
