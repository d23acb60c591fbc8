"""Makers of files and imports."""

import base64
import csv
import io

from ..common import HotelCase

#: the columns of hotel_bookings.csv
BOOKINGS = (
    "hotel is_canceled lead_time arrival_date_year arrival_date_month arrival_date_week_number"
    " arrival_date_day_of_month stays_in_weekend_nights stays_in_week_nights adults children babies meal country"
    " market_segment distribution_channel is_repeated_guest previous_cancellations"
    " previous_bookings_not_canceled reserved_room_type assigned_room_type booking_changes deposit_type agent"
    " company days_in_waiting_list customer_type adr required_car_parking_spaces total_of_special_requests"
    " reservation_status reservation_status_date"
).split()
BOOKING = dict(
    zip(
        BOOKINGS,
        "City Hotel,0,10,2016,July,27,1,1,2,2,0,0,BB,PRT,Online TA,TA/TO,0,0,0,A,D,0,No Deposit,9,NULL,0,"
        "Transient,75.5,0,0,Check-Out,2016-07-04".split(","),
        strict=True,
    )
)


def make_csv(header, *rows, delimiter=",", encoding="utf-8"):
    """Return a CSV file as bytes."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerows([header, *rows])
    return stream.getvalue().encode(encoding)


def make_bookings(*changes):
    """Return a file of the layout of hotel_bookings, one row per dict of what differs."""
    return make_csv(BOOKINGS, *[list({**BOOKING, **change}.values()) for change in changes])


class ImportMakers:
    """Makers of imports on the environment of the class."""

    def _make_import(self, content, kind="guests", user=None, **values):
        """Return an import whose columns have been read."""
        user = user or self.importer
        job = self.env["hotel.import.job"].with_user(user)
        job = job.with_context(allowed_company_ids=user.company_ids.ids).create(
            {
                "kind": kind,
                "file": base64.b64encode(content),
                "file_name": "file.csv",
                "source_system": "pms",
                **values,
            }
        )
        job.action_read()
        return job

    def _map(self, job, **targets):
        """Map columns of an import: ``_map(job, name="who")`` takes the name from the column "who"."""
        for target, column in targets.items():
            job.column_ids.filtered(lambda line, column=column: line.name == column)[f"{job.kind}_target"] = target

    def _run(self, job, check=False):
        """Run an import as the scheduled job does; return its counts (new, same, changed, refused)."""
        job.action_check() if check else job.action_load()
        self._work()
        return self._counts(job)

    def _work(self):
        """Let the scheduled job do what is queued, as often as its time is up."""
        running = [("state", "in", ("checking", "loading"))]
        for _run in range(100):
            with self.enter_registry_test_mode():
                self.env.ref("hotel_crm_base.ir_cron_import").method_direct_trigger()
            self.env.invalidate_all()
            if not self.env["hotel.import.job"].search_count(running):
                break

    def _counts(self, job):
        return job.new_count, job.same_count, job.changed_count, job.refused_count

    def _errors(self, job):
        """Return what was refused: (row, column, value, code)."""
        return job.error_ids.mapped(lambda error: (error.row_number, error.column, error.value or "", error.code))


class ImportCase(ImportMakers, HotelCase):
    """A manager who imports."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.importer = cls._make_user("manager", login="importer", tz="Europe/Lisbon")
