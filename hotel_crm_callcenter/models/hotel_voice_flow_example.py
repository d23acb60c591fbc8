"""The example menu as records."""

from odoo import models
from odoo.exceptions import UserError

from ..voice.example import FLOW, OUTBOUND

FIELDS = ("name", "exit", "kind", "service", "slot", "text_en", "text_zh")


class HotelVoiceFlow(models.Model):
    _inherit = "hotel.voice.flow"

    def action_load_example(self):
        """Fill a draft without steps with the example. Callable by those who edit menus.

        :raises UserError: the draft has steps already
        """
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        if self.step_ids:
            raise UserError(self.env._("This menu has steps already."))
        made, waiting = {}, []
        self._load_step(OUTBOUND if self.usage == "out" else FLOW, None, made, waiting)
        for step, name in waiting:
            step.goto_id = made[name]

    def _load_step(self, values, parent, made, waiting):
        """Make a step of the example and those after it.

        :param dict made: steps by name; grows
        :param list waiting: (step, name of the step to go to); grows
        """
        step = self.env["hotel.voice.step"].create(
            {
                **{name: values[name] for name in FIELDS if name in values},
                "flow_id": self.id,
                "parent_id": parent and parent.id,
                "sequence": 10 * (len(made) + 1),
            }
        )
        made[step.name] = step
        if "goto" in values:
            waiting.append((step, values["goto"]))
        for child in values.get("steps", ()):
            self._load_step(child, step, made, waiting)
