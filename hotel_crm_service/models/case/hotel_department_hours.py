"""The working hours of a department, as the engine of deadlines reads them."""

from odoo import api, models, tools

from ... import deadlines


class HotelDepartment(models.Model):
    _inherit = "hotel.department"

    def _get_hours(self):
        """Return when this department works; None: day and night.

        The wall clock is that of the hotel, whatever the zone of the calendar: a chain shares calendars.

        :rtype: deadlines.Hours | None
        """
        calendar_id = self._get_calendar_id(self.id)
        if not calendar_id:
            return None
        # calendars belong to nobody in particular
        calendar = self.env["resource.calendar"].sudo().browse(calendar_id)
        first, second = {}, {}
        lines = calendar.attendance_ids.filtered(lambda line: not line.display_type and line.day_period != "lunch")
        for line in lines:
            span, day = (line.hour_from, line.hour_to), int(line.dayofweek)
            if line.week_type != "1":
                first[day] = (*first.get(day, ()), span)
            if line.week_type != "0":
                second[day] = (*second.get(day, ()), span)
        closed = tuple((leave.date_from, leave.date_to) for leave in calendar.global_leave_ids)
        return deadlines.Hours(self.sudo().property_id.tz or "UTC", first, closed, second)

    @api.model
    @tools.ormcache("department_id")
    def _get_calendar_id(self, department_id):
        # as above
        return self.sudo().browse(department_id).resource_calendar_id.id
