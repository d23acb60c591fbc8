"""One step of a voice menu, in the tree of its flow."""

import base64
import binascii
import io
import wave

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

KINDS = [
    ("say", "Say"),
    ("menu", "Menu of Keys"),
    ("language", "Choose the Language"),
    ("hours", "By Opening Hours"),
    ("caller", "By Caller"),
    ("identify", "Prove who Calls"),
    ("ask", "Ask for Digits"),
    ("record", "Record a Message"),
    ("service", "Serve"),
    ("person", "Pass to a Person"),
    ("end", "Say Goodbye"),
    ("goto", "Go to"),
]
SERVICES = [
    ("points", "Points and their Expiry"),
    ("booking", "Status of the Booking"),
    ("callback", "Call back"),
    ("do_not_call", "Do not Call any more"),
    ("request_booking", "Request a Booking"),
    ("complaint", "Complaint"),
]
EXITS = [
    ("next", "Then"),
    *((digit, f"Key {digit}") for digit in "1234567890*#"),
    ("else", "Not Understood"),
    ("open", "Open"),
    ("closed", "Closed"),
    ("holiday", "Holiday"),
    ("vip", "VIP"),
    ("known", "Known Guest"),
    ("other", "Others"),
    ("ok", "Proven"),
    ("failed", "Failed"),
]


class HotelVoiceStep(models.Model):
    """One thing that the voice menu says, asks, tells apart or does."""

    _name = "hotel.voice.step"
    _description = "Step of a Voice Menu"
    _order = "flow_id, sequence, id"
    _rec_name = "name"

    flow_id = fields.Many2one("hotel.voice.flow", required=True, index=True, ondelete="cascade")
    property_id = fields.Many2one(related="flow_id.property_id", store=True, index=True)
    parent_id = fields.Many2one(
        "hotel.voice.step", string="After", index=True, ondelete="cascade", domain="[('flow_id', '=', flow_id)]"
    )
    child_ids = fields.One2many("hotel.voice.step", "parent_id", string="Exits")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    exit = fields.Selection(EXITS, string="When", help="What leads here from the step before.")
    kind = fields.Selection(KINDS, required=True, default="say")
    text_en = fields.Text(string="Text (English)")
    text_zh = fields.Text(string="Text (Chinese)")
    prompt_en = fields.Binary(string="Recording (English)", attachment=True, help="Wave file, 8 kHz, mono, 16 bits.")
    prompt_zh = fields.Binary(string="Recording (Chinese)", attachment=True, help="Wave file, 8 kHz, mono, 16 bits.")
    service = fields.Selection(SERVICES)
    slot = fields.Selection([("arrival", "Arrival (month and day)"), ("nights", "Nights")], string="Asks for")
    queue_id = fields.Many2one("hotel.call.queue", ondelete="restrict")
    goto_id = fields.Many2one(
        "hotel.voice.step", string="Step", ondelete="set null", domain="[('flow_id', '=', flow_id), ('id', '!=', id)]"
    )
    level = fields.Integer(compute="_compute_level", recursive=True)

    _exit_unique = models.UniqueIndex(
        "(parent_id, exit) WHERE parent_id IS NOT NULL", "Two steps follow on the same key or answer."
    )

    @api.depends("parent_id.level")
    def _compute_level(self):
        for step in self:
            step.level = step.parent_id.level + 1 if step.parent_id else 0

    @api.constrains("parent_id")
    def _check_tree(self):
        """A step does not come after itself."""
        if self._has_cycle():
            raise UserError(self.env._("A step cannot come after itself. Use “Go to” for that."))

    @api.constrains("prompt_en", "prompt_zh")
    def _check_prompt(self):
        """A recording is one that every exchange plays: else the guest hears nothing."""
        for step in self:
            for sound in (step.prompt_en, step.prompt_zh):
                if sound and not self._is_playable(sound):
                    raise ValidationError(
                        self.env._("The recording of “%s” is no wave file of 8 kHz, mono, 16 bits.", step.name)
                    )

    @api.model
    def _is_playable(self, sound):
        try:
            with wave.open(io.BytesIO(base64.b64decode(sound))) as file:
                return (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (8000, 1, 2)
        except (wave.Error, EOFError, binascii.Error):
            return False

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps.flow_id._check_draft()
        return steps

    def write(self, vals):
        self.flow_id._check_draft()
        return super().write(vals)

    def unlink(self):
        self.flow_id._check_draft()
        return super().unlink()

    def _get_code(self):
        """Return the code of the step to which this one leads: itself, or where it goes to."""
        target = self.goto_id if self.kind == "goto" else self
        return f"s{target.id}" if target else ""

    def _prepare_content(self):
        """Return this step as the engine reads it.

        :rtype: dict
        """
        digits = {"arrival": [4, 4], "nights": [1, 2]}.get(self.slot, [1, 1])
        prompts = {"en_US": self.prompt_en, "zh_CN": self.prompt_zh}
        return {
            "code": f"s{self.id}",
            "kind": self.kind,
            "exits": {child.exit: child._get_code() for child in self.child_ids if child.exit},
            "texts": {"en_US": self.text_en or "", "zh_CN": self.text_zh or ""},
            "prompts": {lang: f"prompt:{self.id}-{lang}" for lang, sound in prompts.items() if sound},
            "service": self.service or "",
            "slot": self.slot or "",
            "digits": digits,
            "queue": self.queue_id.id or 0,
        }
