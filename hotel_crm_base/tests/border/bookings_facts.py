"""The real file hotel_bookings.csv, whose figures are known from the paper that published it.

Antonio, de Almeida, Nunes (2019), Data in Brief 22, 41-49.
"""

import os
import pathlib

PATH = pathlib.Path(os.environ.get("HOTEL_CRM_DATA") or "nowhere", "hotel_bookings", "hotel_bookings.csv.gz")
MISSING = "outside: the file hotel_bookings.csv.gz (HOTEL_CRM_DATA says where)"
#: bookings, cancelled, no-shows; nights, room revenue and mean rate of those who came; mean rate of all
FACTS = {
    "City Hotel": (79330, 32186, 916, 135153, 14394410.18, 105.7459, 105.3045),
    "Resort Hotel": (40060, 10831, 291, 119887, 11601850.23, 90.7890, 94.9529),
}
NOTES = {
    "day_use": 715,
    "no_person": 180,
    "negative_rate_kept": 1,
    "empty_count": 4,
    "no_guest_given": 119390,
}


class BookingsFacts:
    """What an import of the whole file has to come to."""

    def _assert_facts(self, job):
        """The figures of both hotels are right to the cent."""
        self.assertEqual((job.row_count, job.preset_id.source_system), (119390, "hotel_bookings"))
        self.assertEqual(self._counts(job), (119390, 0, 0, 0))
        self.assertEqual(job.notes, NOTES)
        # what is not committed is counted by no background job, and plans are made by counts
        self.env.cr.execute("ANALYZE hotel_stay, hotel_stay_night")
        self.assertEqual(len(job.place_ids), 2)
        for place in job.place_ids:
            self.assertEqual(self._query_facts(place.property_id), FACTS[place.name], place.name)
            self.assertEqual(self._query_nights(place.property_id), FACTS[place.name][3:5], place.name)

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

    def _query_nights(self, hotel):
        """The rows of nights say the same as the stays."""
        self.env.cr.execute(
            """SELECT count(*), sum(n.rate) FROM hotel_stay_night n JOIN hotel_stay s ON s.id = n.stay_id
                WHERE n.property_id = %s AND s.state = 'departed'""",
            [hotel.id],
        )
        nights, revenue = self.env.cr.fetchone()
        return nights, float(revenue)
