"""The business date of a property ends once, by hand or by the clock, however often somebody asks."""

import logging
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools import SQL, format_date

_logger = logging.getLogger(__name__)

#: who may end a day by hand
ENDERS = ("hotel_crm_base.group_front_office", "hotel_crm_base.group_manager")


class HotelProperty(models.Model):
    _inherit = "hotel.property"

    day_end_ids = fields.One2many("hotel.day.end", "property_id", string="Day's Ends")
    is_document_required = fields.Boolean(
        string="Documents at Check-In", help="Nobody is checked in without an identity document."
    )

    def action_end_day(self):
        """Ask whether to end the business day. Callable by front office and managers.

        :rtype: dict: action
        """
        self.ensure_one()
        self._check_may_end_day()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_base.hotel_day_end_run_action")
        return {**action, "context": {"default_property_id": self.id}}

    def _check_may_end_day(self):
        self.check_access("read")
        if not self.env.su and not any(self.env.user.has_group(group) for group in ENDERS):
            raise AccessError(self.env._("The front office and managers end the day."))

    def _end_day_by_hand(self, day):
        """End the business day that the user saw; the second one who asks gets what the first one did.

        :param date day: what the user saw as the business day
        :rtype: hotel.day.end
        :raises AccessError: neither front office nor manager
        :raises UserError: the day has not begun by the clock, or is not the one that runs
        """
        self.ensure_one()
        self._check_may_end_day()
        begin = datetime.combine(day, datetime.min.time()) + timedelta(hours=self.check_in_time)
        if self._get_local_now() < begin:
            raise UserError(
                self.env._(
                    "The day %(day)s can be ended from %(hour)s on, when its guests may have come.",
                    day=format_date(self.env, day),
                    hour=begin.strftime("%H:%M"),
                )
            )
        return self._run_day_end(day)

    def _run_day_end(self, day=None, pause=None):
        """End a business day once: no-shows, nights, what is open, the next date.

        It can be asked for again: a day that has ended stays as it is, and a run that was broken
        off goes on where it was. Two at once are one: the property's row is locked, and whoever
        waited for it begins anew (a request) or leaves the day to the other (a job).

        :param date day: default the business date
        :param Callable[[int], float] pause: called between batches, as ``_commit_progress``: it may
            commit, and returns 0 where there is no time left
        :returns: ``state`` is running where there was no time, or somebody else goes on
        :rtype: hotel.day.end
        :raises LockError: somebody else is at it, and there is a ``pause``
        """
        self.ensure_one()
        # posting and rolling are the program's: nobody writes these by hand
        hotel = self.sudo().with_company(self.company_id)
        if not hotel._lock_day(is_patient=pause is None):
            raise LockError(self.env._("Somebody else is ending this day."))
        day_end = self.env["hotel.day.end"].sudo()._open(hotel, day or hotel.business_date)
        day_end = day_end.with_company(self.company_id)
        while day_end.state == "running" and day_end._work():
            if pause and (not pause(1) or not hotel._lock_day(is_patient=False)):
                break
        return day_end.with_env(self.env)

    def _lock_day(self, is_patient):
        """Lock the property for its day's end; a commit releases it.

        :param bool is_patient: wait for somebody else, instead of leaving it to him
        :returns: whether it is locked now
        :rtype: bool
        """
        self.env.flush_all()
        if is_patient:
            # waits; where the other one has moved the date since, PostgreSQL says so and Odoo tries again
            query = "SELECT id FROM hotel_property WHERE id = %s FOR NO KEY UPDATE"
            self.env.execute_query(SQL(query, self.id))
        elif not self.try_lock_for_update(allow_referencing=True):
            return False
        self.invalidate_recordset(["business_date"])
        return True

    # ---- by the clock -------------------------------------------------------------------------

    @api.model
    def _cron_roll_business_date(self):
        """End the days that are over at properties whose day ends by the clock, missed ones too."""
        progress = self.env["ir.cron"]._commit_progress
        hotels = self.search([("is_day_end_automatic", "=", True)])
        due = hotels.filtered(lambda hotel: hotel._get_clock_business_date() > hotel.business_date)
        for hotel in due:
            try:
                if not hotel._roll_business_date(progress):
                    return  # no time left; the next run goes on
            except LockError:
                _logger.info("the day of property %s is being ended by somebody else", hotel.id)
            except Exception:  # pylint: disable=broad-except
                # one hotel's trouble is not that of the chain
                self.env.cr.rollback()
                _logger.exception("the day of property %s could not be ended", hotel.id)

    def _roll_business_date(self, pause=None):
        """End each day that is over by the clock, one by one; never goes back.

        :param Callable[[int], float] pause: as in ``_run_day_end``
        :returns: whether all of them are done
        :rtype: bool
        """
        for hotel in self:
            while hotel._get_clock_business_date() > hotel.business_date:
                if hotel._run_day_end(hotel.business_date, pause).state != "done":
                    return False
                hotel.invalidate_recordset(["business_date"])
                if pause and not pause(1):
                    return False
        return True
