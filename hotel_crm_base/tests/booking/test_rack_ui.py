from odoo.tests import HttpCase, tagged

from ..common import HotelMakers


@tagged("post_install", "-at_install")
class TestRackUi(HotelMakers, HttpCase):
    def test_the_geometry_of_the_rack(self):
        """The pure modules, by the browser tests of Odoo."""
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&filter=@hotel_crm_base",
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
        )
