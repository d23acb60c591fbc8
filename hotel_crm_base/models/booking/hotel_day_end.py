"""The night audit: what a property does once at the end of each business day."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

_logger = logging.getLogger(__name__)

#: stays done at a time, so that nobody at the desk waits long for their rows
BATCH = 50


class HotelDayEnd(models.Model):
    """The end of one business day of a property: what was posted, what was left open."""

    _name = "hotel.day.end"
    _inherit = ["hotel.own.scope.mixin"]
    _description = "Day's End"
    _order = "date desc, property_id"
    _rec_name = "date"

    property_id = fields.Many2one("hotel.property", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="property_id.company_id", store=True, index=True)
    date = fields.Date(string="Business Day", required=True)
    state = fields.Selection([("running", "Running"), ("done", "Done")], required=True, default="running")
    is_automatic = fields.Boolean(string="By the Clock", readonly=True)
    started_at = fields.Datetime(required=True, default=fields.Datetime.now, readonly=True)
    finished_at = fields.Datetime(readonly=True)
    user_id = fields.Many2one("res.users", default=lambda self: self.env.user, readonly=True)
    nights_posted = fields.Integer(readonly=True)
    no_shows = fields.Integer(string="No-Shows", readonly=True)
    last_stay = fields.Integer(readonly=True, help="Nights of stays up to this number are posted: a run goes on there.")
    item_ids = fields.One2many("hotel.day.end.item", "day_end_id", string="Left Open", readonly=True)
    item_count = fields.Integer(string="Open Items", compute="_compute_item_count")

    _once = models.UniqueIndex("(property_id, date)", "The end of this day stands here already.")

    def _compute_item_count(self):
        counts = dict(
            self.env["hotel.day.end.item"]._read_group([("day_end_id", "in", self.ids)], ["day_end_id"], ["__count"])
        )
        for day_end in self:
            day_end.item_count = counts.get(day_end, 0)

    @api.depends("date", "property_id.name")
    def _compute_display_name(self):
        for day_end in self:
            day = format_date(self.env, day_end.date) if day_end.date else ""
            day_end.display_name = f"{day_end.property_id.name or ''} {day}".strip()

    # ---- one run ------------------------------------------------------------------------------

    @api.model
    def _open(self, hotel, day):
        """Return the end of a day, begun if it was not. The caller has locked the property.

        :param hotel.property hotel: with sudo
        :param date day: the day that is to end
        :rtype: hotel.day.end
        :raises UserError: where this is not the day that the property works on, or it has hardly begun
        """
        found = self.search([("property_id", "=", hotel.id), ("date", "=", day)])
        if found.state == "done":
            return found
        if day != hotel.business_date:
            raise UserError(
                self.env._(
                    "%(hotel)s works on %(today)s: the day %(day)s cannot be ended now.",
                    hotel=hotel.name,
                    today=format_date(self.env, hotel.business_date),
                    day=format_date(self.env, day),
                )
            )
        return found or self.create(
            {"property_id": hotel.id, "date": day, "is_automatic": hotel.is_day_end_automatic}
        )

    def _work(self):
        """Do the next batch of the work.

        :returns: whether there may be more to do
        :rtype: bool
        """
        self.ensure_one()
        coming = self._get_missing_stays(BATCH)
        if coming:
            self.no_shows += self._attempt(coming, self._mark_no_shows)
            return True
        here = self._get_sleeping_stays(BATCH)
        if here:
            self.nights_posted += self._attempt(here, self._post_nights)
            self.last_stay = here[-1].id
            return True
        self._finish()
        return False

    def _get_missing_stays(self, limit=None):
        """Return the guests who were due and did not come, but for those whom another system keeps.

        :rtype: hotel.stay
        """
        failed = self.item_ids.filtered(lambda item: item.kind == "failed").stay_id
        return self.env["hotel.stay"].search(
            [
                ("property_id", "=", self.property_id.id),
                ("state", "=", "booked"),
                ("arrival_date", "<=", self.date),
                "|", ("reservation_id", "!=", False), ("source_system", "in", (False, "", "manual")),
                ("id", "not in", failed.ids),
            ],
            order="id",
            limit=limit,
        )

    def _get_sleeping_stays(self, limit=None):
        """Return the next guests in house whose nights are to be posted, in the order of their numbers.

        :rtype: hotel.stay
        """
        return self.env["hotel.stay"].search(
            [
                ("property_id", "=", self.property_id.id),
                ("state", "=", "in_house"),
                ("arrival_date", "<=", self.date),
                ("id", ">", self.last_stay),
            ],
            order="id",
            limit=limit,
        )

    def _mark_no_shows(self, stays):
        """Mark stays as no-shows; the fee of their terms follows (see hotel_stay_checkout).

        :returns: how many
        :rtype: int
        """
        stays.action_no_show()
        return len(stays)

    def _post_nights(self, stays):
        """Let the nights up to this day be due.

        :returns: how many nights
        :rtype: int
        """
        return stays._post_nights(self.date + timedelta(days=1))

    def _attempt(self, stays, action):
        """Do something with all stays at once; where one of them is in the way, with each alone.

        One bill that cannot be written stops no day's end: it is listed, with the reason.

        :param Callable[[hotel.stay], int] action: what to do
        :returns: the sum of what the action returned
        :rtype: int
        """
        try:
            with self.env.cr.savepoint():
                return action(stays)
        except UserError as error:
            if len(stays) == 1:
                self._note_failure(stays, error)
                return 0
        return sum(self._attempt(stay, action) for stay in stays)

    def _note_failure(self, stay, error):
        self.env["hotel.day.end.item"].create(
            {
                "day_end_id": self.id,
                "kind": "failed",
                "stay_id": stay.id,
                "reservation_id": stay.reservation_id.id,
                "room_id": stay.room_id.id,
                "note": str(error),
            }
        )

    def _finish(self):
        """Write down what is open, let slept-in rooms be dirty, and begin the next day."""
        hotel = self.property_id
        stayed = self.env["hotel.stay"].search([("property_id", "=", hotel.id), ("state", "=", "in_house")])
        stayed.room_id._set_dirty("night")
        self.env["hotel.day.end.item"]._note_open(self)
        hotel.business_date = self.date + timedelta(days=1)
        self.write({"state": "done", "finished_at": fields.Datetime.now()})
        _logger.info(
            "day %s of property %s ended: %s nights, %s no-shows",
            *(self.date, hotel.id, self.nights_posted, self.no_shows),
        )

    def action_download(self):
        """Download this day's end as a spreadsheet. Callable by those who read day's ends.

        :rtype: dict: action
        """
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/hotel/day_end/{self.id}/report.xlsx", "target": "download"}
