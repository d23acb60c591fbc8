from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestEditorUi(HttpCase):
    def test_the_paths_of_the_editor(self):
        """The pure modules, by the browser tests of Odoo."""
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&filter=@hotel_crm_loyalty",
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
        )
