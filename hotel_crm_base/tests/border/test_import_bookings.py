import os
import pathlib
import time
from unittest import skipUnless

from odoo.tests import tagged

from .import_common import ImportCase

PATH = pathlib.Path(os.environ.get("HOTEL_CRM_DATA") or "nowhere", "hotel_bookings", "hotel_bookings.csv.gz")
#: bookings, cancelled, no-shows; nights, room revenue and mean rate of those who came; mean rate of all
FACTS = {
    "City Hotel": (79330, 32186, 916, 135153, 14394410.18, 105.7459, 105.3045),
    "Resort Hotel": (40060, 10831, 291, 119887, 11601850.23, 90.7890, 94.9529),
}


@tagged("post_install", "-at_install")
@skipUnless(PATH.exists(), "outside: the file hotel_bookings.csv.gz (HOTEL_CRM_DATA says where)")
class TestImportBookings(ImportCase):
    """The real file: its figures are known from the paper that published it."""

    def test_the_figures_of_both_hotels_are_right_to_the_cent(self):
        for name in FACTS:
            hotel = self._make_property(name=name, code=f"Real {name}", tz="Europe/Lisbon")
            self.importer.hotel_property_ids += hotel
        job = self._make_import(PATH.read_bytes(), kind="stays")
        self.assertEqual((job.row_count, job.preset_id.source_system), (119390, "hotel_bookings"))
        self.assertEqual(self._run(job), (119390, 0, 0, 0))
        self.assertEqual(
            job.notes,
            {
                "day_use": 715,
                "no_person": 180,
                "negative_rate_kept": 1,
                "empty_count": 4,
                "no_guest_given": 119390,
            },
        )
        for place in job.place_ids:
            self.assertEqual(self._query_facts(place.property_id), FACTS[place.name], place.name)
        self._assert_nights(job.place_ids.property_id)

    def _query_facts(self, hotel):
        self.env.cr.execute(
            """SELECT count(*), count(*) FILTER (WHERE state = 'cancelled'), count(*) FILTER (WHERE state = 'no_show'),
                      sum(nights) FILTER (WHERE state = 'departed'),
                      sum(nights * rate) FILTER (WHERE state = 'departed'),
                      round(avg(rate) FILTER (WHERE state = 'departed'), 4), round(avg(rate), 4)
                 FROM hotel_stay WHERE property_id = %s""",
            [hotel.id],
        )
        row = self.env.cr.fetchone()
        return (*row[:4], *map(float, row[4:]))

    def _assert_nights(self, hotels):
        """The rows of nights say the same as the stays."""
        # what is not committed is counted by no background job, and plans are made by counts
        self.env.cr.execute("ANALYZE hotel_stay, hotel_stay_night")
        for hotel in hotels:
            self.env.cr.execute(
                """SELECT count(*), sum(n.rate) FROM hotel_stay_night n JOIN hotel_stay s ON s.id = n.stay_id
                    WHERE n.property_id = %s AND s.state = 'departed'""",
                [hotel.id],
            )
            nights, revenue = self.env.cr.fetchone()
            self.assertEqual((nights, float(revenue)), FACTS[hotel.name][3:5])

    def test_reading_and_checking_takes_seconds(self):
        """About three seconds on an idle machine; ten times that is a mistake in the code."""
        self.importer.hotel_property_ids += self._make_property(name="City Hotel", code="CITY")
        job = self._make_import(PATH.read_bytes(), kind="stays")
        engine, _lookups = job._make_engine(is_dry=True)
        started = time.process_time()
        result = engine.run(list(job._open_table().rows()))
        self.assertLess(time.process_time() - started, 30)
        self.assertEqual(len(result.rows), FACTS["City Hotel"][0])
