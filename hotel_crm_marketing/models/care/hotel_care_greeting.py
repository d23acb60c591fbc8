"""Greetings: one row for each guest and occasion, so that nobody is greeted twice."""

from odoo import api, fields, models

from .care_options import BATCH, EVENTS

#: days that greetings are kept; longer than any of them is made up for
KEPT_DAYS = 400
GC_BATCH = 5000


class HotelCareGreeting(models.Model):
    """One occasion of one guest: which rule greets, on which channel, and what became of it."""

    _name = "hotel.care.greeting"
    _description = "Greeting"
    _order = "id desc"
    _rec_name = "occasion"

    rule_id = fields.Many2one("hotel.care.rule", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    property_id = fields.Many2one("hotel.property", string="Hotel", readonly=True, ondelete="restrict")
    partner_id = fields.Many2one("res.partner", string="Guest", required=True, readonly=True, ondelete="cascade")
    stay_id = fields.Many2one("hotel.stay", readonly=True, index="btree_not_null", ondelete="set null")
    event = fields.Selection(EVENTS, string="Kind", required=True, readonly=True)
    event_date = fields.Date(string="Day of the Occasion", readonly=True)
    occasion = fields.Char(required=True, readonly=True)
    state = fields.Selection(
        [
            ("new", "Not Yet"),
            ("asked", "Given to the Gate"),
            ("portal", "Shown in the Portal"),
            ("refused", "Refused"),
        ],
        required=True,
        default="new",
        readonly=True,
    )
    channel = fields.Selection([("email", "E-mail"), ("sms", "SMS"), ("portal", "Portal")], readonly=True)
    message_id = fields.Many2one("hotel.message", readonly=True, index="btree_not_null", ondelete="set null")
    message_state = fields.Selection(related="message_id.state", string="State of the Message")
    reason = fields.Char(related="message_id.reason", string="Why Not")
    card_id = fields.Many2one("loyalty.card", string="Coupon", readonly=True, ondelete="set null")

    _once = models.UniqueIndex("(partner_id, occasion)", "This guest was greeted on this occasion already.")
    _new_idx = models.Index("(rule_id, occasion, id) WHERE state = 'new'")

    # ---- the job ------------------------------------------------------------------------------

    @api.model
    def _cron_greet(self, batch=BATCH):
        """Note whom the rules are to greet, and ask for the messages, batch by batch, committing each."""
        cron = self.env["ir.cron"]
        self.env["hotel.care.rule"]._select_all()
        cron._commit_progress(remaining=self.search_count([("state", "=", "new")]))
        while greetings := self._take(batch):
            greetings._greet()
            if not cron._commit_progress(len(greetings)):
                break

    @api.model
    def _take(self, batch):
        """Return greetings that wait and lock them; those of another connection are left to it.

        :rtype: hotel.care.greeting
        """
        waiting = [("state", "=", "new"), ("rule_id.state", "=", "running")]
        found = self.search(waiting, limit=batch, order="rule_id, occasion, id").try_lock_for_update()
        found.invalidate_recordset()
        return found.filtered_domain([("state", "=", "new")])

    def _greet(self):
        """Ask for the messages of these greetings, and give the presents."""
        for (rule, hotel, occasion), greetings in self.grouped(
            lambda greeting: (greeting.rule_id, greeting.property_id, greeting.occasion)
        ).items():
            rule._greet(greetings, hotel, occasion)

    @api.autovacuum
    def _gc_greetings(self):
        """Delete greetings of occasions that cannot come again: each names its year or day."""
        before = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        old = self.search([("create_date", "<", before)], limit=GC_BATCH)
        old.unlink()
        return len(old), len(old) == GC_BATCH

    # ---- hooks of the gate, and what texts may say ----------------------------------------------

    def _is_hotel_message_outdated(self, message):
        """Hook of the gate: a rule that was stopped says nothing more, nor of a stay that was cancelled.

        :rtype: bool
        """
        if not self or self.rule_id.state != "running" or not self.rule_id.active:
            return True
        if self.event == "before_arrival":
            return self.stay_id.state != "booked"
        return self.event == "in_stay" and self.stay_id.state != "in_house"

    def _get_link(self):
        """Return where the text leads: the rule's link, else the booking page.

        :rtype: str
        """
        return self.rule_id.link_url or f"{self.get_base_url()}/hotel"

    def _get_sender_name(self):
        """Return who speaks.

        :rtype: str
        """
        return (self.property_id or self.company_id).name or ""
