"""The figures of a file of bookings: asked of our reports, and computed with pandas from the file itself."""

import io
import time
from datetime import date, datetime, timedelta

import pandas as pd

from ..border.bookings_facts import FACTS
from .mix_figures import MixFigures

HOTELS = tuple(FACTS)
#: what the preset of this file makes of some of its words
CODES = {
    "TA/TO": "agency",
    "Groups": "group",
    "Aviation": "crew",
    "Complementary": "complimentary",
    "Undefined": "",
}
#: an analysis of a year must not keep anybody waiting; ten times that on a busy machine
SECONDS = 20


def read_bookings(content, compression=None):
    """Return the file as pandas reads it, with the columns that figures are made of."""
    table = pd.read_csv(
        io.BytesIO(content), compression=compression, keep_default_na=False, na_values=["NULL", "NA"], low_memory=False
    )
    arrival = (
        table.arrival_date_year.astype(str) + table.arrival_date_month + table.arrival_date_day_of_month.astype(str)
    )
    table["arrival"] = pd.to_datetime(arrival, format="%Y%B%d")
    table["nights"] = table.stays_in_weekend_nights + table.stays_in_week_nights
    table["booked"] = table.arrival - pd.to_timedelta(table.lead_time, unit="D")
    table["cancelled"] = table.reservation_status == "Canceled"
    table["no_show"] = table.reservation_status == "No-Show"
    table["came"] = table.reservation_status == "Check-Out"
    # a booking leaves the books when it is cancelled; a guest who does not come, on the day after
    lost = pd.to_datetime(table.reservation_status_date).where(table.cancelled, pd.Timestamp.max.normalize())
    table["lost"] = lost.where(~table.no_show, table.arrival + pd.Timedelta(days=1))
    return table


def spread(table):
    """Return one row per night."""
    nights = table.loc[table.index.repeat(table.nights)].copy()
    nights["night"] = nights.arrival + pd.to_timedelta(nights.groupby(level=0).cumcount(), unit="D")
    nights["month"] = nights.night.dt.to_period("M")
    return nights


class BookingFigures(MixFigures):
    """The same questions to our reports and to pandas; the class has ``table``, ``hotels`` and ``books_date``."""

    @classmethod
    def _set_scene(cls, table, books_date):
        cls.table, cls.nights = table, spread(table)
        cls.books_date = books_date
        cls.hotels = {}
        for name in HOTELS:
            hotel = cls._make_property(name=name, code=f"Real {name}", tz="Europe/Lisbon")
            cls.importer.hotel_property_ids += hotel
            cls.hotels[name] = hotel

    def _forget_counts(self):
        """Let plans be made by the size of what the import fills, and by nothing that was counted before.

        A job in the background that counts meanwhile sees nothing of what is not committed yet: "no rows", it says,
        and each row of a night would then be checked by reading all stays.
        """
        self.env.cr.execute("LOCK TABLE hotel_stay, hotel_stay_night IN SHARE UPDATE EXCLUSIVE MODE")
        self.env.cr.execute(
            """UPDATE pg_class SET reltuples = -1, relpages = 0
                WHERE oid IN ('hotel_stay'::regclass, 'hotel_stay_night'::regclass)"""
        )

    def _load(self, content):
        self._forget_counts()
        job = self._make_import(content, kind="stays")
        self.assertEqual(self._run(job)[3], 0)
        self.env.flush_all()
        for hotel in self.hotels.values():
            room_type = self._make_room_type(hotel)
            for _number in range(10):
                self._make_room(room_type)
        self.env.flush_all()
        # what is not committed is counted by no background job, and plans are made by counts
        self.env.cr.execute("ANALYZE")
        return job

    def _read(self, model, groupby, measures, domain=(), **context):
        """Return the groups of a report as {key: values}; keys are names or the first day of a month."""
        report = self.env[model].with_context(**context)
        started = time.process_time()
        rows = report._read_group(
            [("property_id", "in", [hotel.id for hotel in self.hotels.values()]), *domain], groupby, measures
        )
        self.assertLess(time.process_time() - started, SECONDS)
        count = len(groupby)
        return {tuple(self._as_key(value) for value in row[:count]): row[count:] for row in rows}

    def _as_key(self, value):
        if isinstance(value, (date, datetime)):
            return pd.Period(value, "M")
        return value.name if value._name == "hotel.property" else (value.code or "").lower()

    def _assert_equal(self, ours, theirs, places=6):
        """Compare groups; pandas gives a frame whose index are the keys."""
        expected = {
            key if isinstance(key, tuple) else (key,): tuple(row)
            for key, row in zip(theirs.index, theirs.itertuples(index=False), strict=True)
        }
        self.assertEqual(set(ours), set(expected))
        for key, values in ours.items():
            for mine, other in zip(values, expected[key], strict=True):
                if pd.isna(other):
                    self.assertFalse(mine, key)
                else:
                    self.assertAlmostEqual(float(mine or 0), float(other), places=places, msg=str(key))

    # ---- questions ----------------------------------------------------------------------------

    def _check_rates(self):
        """Cancellation, no-show and lead time, by hotel and by channel and segment."""
        measures = [
            "bookings:sum",
            "cancelled:sum",
            "no_shows:sum",
            "lead_days:avg",
            "cancel_rate:avg",
            "no_show_rate:avg",
        ]
        for groupby, columns in (
            (["property_id"], ["hotel"]),
            (["property_id", "channel_id"], ["hotel", "distribution_channel"]),
            (["property_id", "market_segment_id"], ["hotel", "market_segment"]),
            (["property_id", "arrival_date:month"], ["hotel", self.table.arrival.dt.to_period("M")]),
        ):
            ours = self._read("hotel.booking.report", groupby, measures)
            groups = self.table.groupby(columns)
            theirs = groups.agg(
                bookings=("hotel", "size"),
                cancelled=("cancelled", "sum"),
                no_shows=("no_show", "sum"),
                lead=("lead_time", "mean"),
            )
            theirs["cancel_rate"] = 100 * theirs.cancelled / theirs.bookings
            theirs["no_show_rate"] = 100 * theirs.no_shows / (theirs.bookings - theirs.cancelled)
            self._assert_equal(ours, self._recode(theirs))

    def _recode(self, frame):
        """Let channels and segments be called as the import calls them; properties keep their names."""
        levels = [key if isinstance(key, tuple) else (key,) for key in frame.index]
        frame.index = pd.Index(
            [tuple(CODES.get(part, part if part in HOTELS else self._lower(part)) for part in key) for key in levels],
            tupleize_cols=False,
        )
        return frame

    def _lower(self, part):
        return part.lower() if isinstance(part, str) else part

    def _check_nights(self):
        """Nights, revenue and average rate, by hotel, month, channel and segment."""
        came = self.nights[self.nights.came]
        measures = ["nights:sum", "room_revenue:sum", "adr:avg"]
        for groupby, columns in (
            (["property_id"], ["hotel"]),
            (["property_id", "date:month"], ["hotel", "month"]),
            (["property_id", "channel_id"], ["hotel", "distribution_channel"]),
            (["property_id", "market_segment_id"], ["hotel", "market_segment"]),
        ):
            ours = self._read("hotel.stay.report", groupby, measures, [("nights", "=", 1)])
            theirs = came.groupby(columns).agg(nights=("adr", "size"), revenue=("adr", "sum"), adr=("adr", "mean"))
            self._assert_equal(ours, self._recode(theirs), places=4)

    def _check_occupancy(self):
        """Occupancy and RevPAR by month: ten rooms to let each night, one of them closed in one month."""
        hotel = self.hotels["City Hotel"]
        came = self.nights[self.nights.came & (self.nights.hotel == "City Hotel")]
        month = came.month.mode()[0]
        first = month.start_time.date()
        self.env["hotel.room.closure"].create(
            {
                "room_id": hotel.room_ids[0].id,
                "start_date": first,
                "end_date": first + timedelta(days=10),
                "reason": "Painting",
            }
        )
        ours = self._read(
            "hotel.occupancy.report",
            ["date:month"],
            ["rooms:sum", "out_of_order:sum", "nights:sum", "occupancy:avg", "revpar:avg"],
            [("property_id", "=", hotel.id), ("date", ">=", first), ("date", "<=", month.end_time.date())],
        )
        rooms, sold = 10 * month.days_in_month - 10, came[came.month == month]
        [values] = ours.values()
        self.assertEqual(values[:3], (rooms, 10, len(sold)))
        self.assertAlmostEqual(values[3], 100 * len(sold) / rooms, places=6)
        self.assertAlmostEqual(values[4], sold.adr.sum() / rooms, places=4)

    def _on_books(self, day):
        day = pd.Timestamp(day)
        return (self.nights.booked <= day) & (self.nights.lost > day)

    def _check_pace(self, days_back=0):
        """Nights and revenue on the books by month, beside last year's as they stood then, and the pickup."""
        for hotel in self.hotels.values():
            hotel.business_date = self.books_date
        day = self.books_date - timedelta(days=days_back)
        year, nights = timedelta(days=364), self.nights
        shifted = (nights.night + year).dt.to_period("M")
        parts = []
        for month, on_books, names, amounts in (
            (nights.month, self._on_books(day), ("nights", "revenue"), True),
            (shifted, self._on_books(day - year), ("last_nights", "last_revenue"), True),
            (shifted, nights.came, ("final_nights",), False),
            (nights.month, self._on_books(day - timedelta(days=7)), ("week_ago",), False),
        ):
            found = nights[on_books].groupby(["hotel", month[on_books]])
            parts.append(found.size().rename(names[0]))
            if amounts:
                parts.append(found.adr.sum().rename(names[1]))
        theirs = pd.concat(parts, axis=1).fillna(0)
        theirs["pickup"] = theirs.nights - theirs.week_ago
        theirs["pace"] = (100 * theirs.nights / theirs.last_nights).where(theirs.last_nights > 0)
        columns = ["nights", "revenue", "last_nights", "last_revenue", "final_nights", "pickup", "pace"]
        ours = self._read(
            "hotel.pace.report",
            ["property_id", "date:month"],
            [*(f"{name}:sum" for name in columns[:5]), "pickup_nights:sum", "pace:avg"],
            hotel_pace_days_back=days_back,
        )
        self._assert_equal(ours, theirs[columns], places=4)
        dated = self._read("hotel.pace.report", ["property_id", "date:month"], ["nights:sum"], hotel_pace_date=str(day))
        self.assertEqual(dated, {key: values[:1] for key, values in ours.items()})

    def _check_lead_of_nights(self):
        """How long before the night what is on the books was booked."""
        on_books = self.nights[self._on_books(self.books_date)]
        lead = (on_books.night - on_books.booked).dt.days
        bands = pd.cut(lead, [-1, 0, 7, 30, 90, 365, 10_000], labels=["0", "1", "8", "31", "91", "366"])
        rows = self.env["hotel.pace.report"]._read_group(
            [("property_id", "in", [hotel.id for hotel in self.hotels.values()]), ("nights", "=", 1)],
            ["lead_band"],
            ["nights:sum"],
        )
        theirs = bands.value_counts()
        self.assertEqual(dict(rows), {key: count for key, count in theirs.items() if count})

    def _check_all(self):
        self._check_rates()
        self._check_nights()
        self._check_occupancy()
        self._check_mix()
        for days_back in (0, 30):
            self._check_pace(days_back)
        self._check_lead_of_nights()
