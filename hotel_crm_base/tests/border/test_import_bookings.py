import time
from unittest import skipUnless

from odoo.tests import tagged

from .bookings_facts import FACTS, MISSING, PATH
from .import_common import ImportCase


@tagged("post_install", "-at_install")
@skipUnless(PATH.exists(), MISSING)
class TestImportBookings(ImportCase):
    """The real file; it is loaded once, in insight/test_booking_figures.py, which checks every figure."""

    def test_reading_and_checking_takes_seconds(self):
        """About three seconds on an idle machine; ten times that is a mistake in the code."""
        self.importer.hotel_property_ids += self._make_property(name="City Hotel", code="CITY")
        job = self._make_import(PATH.read_bytes(), kind="stays")
        engine, _lookups = job._make_engine(is_dry=True)
        started = time.process_time()
        result = engine.run(list(job._open_table().rows()))
        self.assertLess(time.process_time() - started, 30)
        self.assertEqual(len(result.rows), FACTS["City Hotel"][0])
