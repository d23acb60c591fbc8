from odoo.tests import tagged

from ..concurrency import ConcurrencyCase


@tagged("post_install", "-at_install")
class TestTwice(ConcurrencyCase):
    def _register(self, key):
        def register(env):
            return env["res.partner"].hotel_register_guest({"name": "Ana Costa", "key": key})

        return register

    def test_a_double_click_registers_one_guest(self):
        first, second = self._overlap(self._register("click"), self._register("click"))
        self.assertIsInstance(first, int)
        self.assertEqual(first, second)

    def test_many_clicks_register_one_guest(self):
        results = self._at_once(*[self._register("clicks")] * 4)
        self.assertEqual(len(set(results)), 1, results)
