"""Who sees what of coupons on bookings: strangers, guests, managers; the table of roles says the rest."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .coupon_common import CouponCase


@tagged("post_install", "-at_install")
class TestCouponSecurity(CouponCase):
    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_uses_are_seen_at_their_property_and_company(self):
        reservation = self._make_held()
        reservation._apply_code(self._make_coupon(self.coupons).code)
        use = reservation.reward_use_ids
        sister = self._make_property(name="Annex", code="ANNX")
        for hotels, is_seen in ((self.hotel, True), (sister, False), (self.other_hotel, False)):
            mine = use.with_user(self._make_user("front_office", hotels))
            self.assertEqual(bool(mine.search([("id", "=", use.id)])), is_seen, hotels.name)
            self.assertEqual(mine.has_access("read"), is_seen)

    @mute_logger("odoo.models")
    def test_guests_and_the_public_get_nothing_by_any_call(self):
        reservation = self._make_held()
        coupon = self._make_coupon(self.coupons, self.guest)
        reservation._apply_code(coupon.code)
        portal = new_test_user(self.env, login="cou_portal", groups="base.group_portal")
        for user in (portal, self.env.ref("base.public_user")):
            records = (reservation.reward_use_ids, coupon, self.coupons, self.coupons.reward_ids, coupon.history_ids)
            for record in records:
                mine = record.with_user(user)
                for call in (
                    lambda mine=mine: mine.read(["display_name"]),
                    lambda mine=mine: mine.browse().search([("id", "in", mine.ids)]),
                    lambda mine=mine: mine.browse().name_search(""),
                    lambda mine=mine: mine.write({}) or mine.check_access("write"),
                ):
                    with self.assertRaises(AccessError, msg=f"{record._name} for {user.login}"):
                        call()

    def test_managers_write_no_use_either(self):
        reservation = self._make_held()
        reservation._apply_code(self._make_coupon(self.coupons).code)
        use = reservation.reward_use_ids
        manager = self._make_user("admin")
        forged = use.with_user(manager).with_context(hotel_loyalty_reward=True)
        for call in (
            lambda: forged.write({"state": "returned"}),
            lambda: forged.unlink(),
            lambda: forged.sudo().write({"points": 0}),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_what_may_be_called_from_outside_checks_rights(self):
        """Every public method of the models of this room is listed here, with its own test above or at the desk's."""
        expected = {
            "hotel.reward.use": set(),
            "hotel.reward.apply": {"action_apply", "action_take_off"},
            "hotel.coupon.issue": {"action_give"},
        }
        base = set(dir(self.env["hotel.rate.plan"])) | set(dir(self.env["hotel.folio.split"]))
        for name, methods in expected.items():
            model = type(self.env[name])
            found = {
                method
                for method in dir(self.env[name])
                if not method.startswith("_")
                and method not in base
                and method not in self.env[name]._fields
                and callable(getattr(model, method, None))
            }
            self.assertEqual(found, methods, name)
