"""Recordings: announced, for supervisors only, deleted when their time is over."""

import base64
import hashlib
from datetime import timedelta

from odoo import api, fields, models

PURPOSES = [("talk", "Talk"), ("complaint", "Complaint"), ("message", "Message")]
WAVE = b"RIFF"
MAX_BYTES = 128 * 1024 * 1024


class HotelCallRecording(models.Model):
    """One recording of a call, or of what a guest has said to the menu."""

    _name = "hotel.call.recording"
    _description = "Recording of a Call"
    _order = "call_id desc, id"

    name = fields.Char(required=True)
    call_id = fields.Many2one("hotel.call", required=True, index=True, ondelete="cascade")
    property_id = fields.Many2one(related="call_id.property_id", store=True, index=True)
    company_id = fields.Many2one(related="property_id.company_id", store=True, index=True)
    purpose = fields.Selection(PURPOSES, required=True, default="talk")
    # by its page only, which notes who has listened
    content = fields.Binary(attachment=True, groups=fields.NO_ACCESS)
    sound_url = fields.Char(string="Listen", compute="_compute_sound_url")
    sha256 = fields.Char(string="Checksum", readonly=True)
    bytes_count = fields.Integer(string="Bytes", readonly=True)
    duration_s = fields.Float(string="Length (s)", readonly=True)
    delete_date = fields.Date(string="Delete on", index=True)

    _once = models.Constraint("UNIQUE (call_id, name)", "This recording is there already.")

    def _compute_sound_url(self):
        for recording in self:
            recording.sound_url = f"/hotel_callcenter/recording/{recording.id}" if recording.id else False

    def _listen(self):
        """Note who listens to whom, and return this recording with the right to its sound.

        :rtype: hotel.call.recording
        :raises AccessError: the user may not listen
        :raises MissingError: it is gone
        """
        self.ensure_one()
        self.check_access("read")
        guest = self.call_id.partner_id
        if guest:
            self.env["hotel.access.log"]._log("open", guest.ids, ["content"], model=self._name)
        else:
            self.call_id.sudo()._message_log(body=self.env._("The recording was listened to."))
        # the right was checked above
        return self.sudo()

    @api.model
    def _store(self, call, name, content, purpose="talk", duration=0.0):
        """Keep a recording; what comes twice is kept once.

        :param bytes content: of a wave file
        :rtype: hotel.call.recording
        """
        found = self.search([("call_id", "=", call.id), ("name", "=", name)], limit=1)
        digest = hashlib.sha256(content).hexdigest()
        if found.sha256 == digest:
            return found
        values = {
            "content": self._encode(content),
            "sha256": digest,
            "bytes_count": len(content),
            "duration_s": duration or self._measure(content),
            "purpose": purpose,
            "delete_date": fields.Date.today() + timedelta(days=call.queue_id.keep_days or 90),
        }
        if found:
            found.write(values)
            return found
        return self.create({"call_id": call.id, "name": name, **values})

    @api.model
    def _encode(self, content):
        return base64.b64encode(content)

    @api.model
    def _measure(self, content):
        """Return how long a wave file of 8,000 samples of 16 bits a second is, in seconds."""
        return round(max(len(content) - 44, 0) / 16000, 2)

    @api.autovacuum
    def _gc_old(self):
        """Delete recordings whose time is over."""
        old = self.search([("delete_date", "<", fields.Date.today())], limit=1000)
        old.unlink()
        return len(old), len(old) == 1000
