"""Read by ``odoo shell``: a hotel that sells online, guests, staff, calls; prints what tests need as JSON.

KILL_STAYS: how many guests leave today.
"""
# ruff: noqa: F821
import base64
import json
import os
import sys
from datetime import timedelta

from odoo import Command

from odoo.addons.hotel_crm_base.tests.booking.folio_common import FolioMakers
from odoo.addons.hotel_crm_base.tests.booking.portal_common import PortalMakers
from odoo.addons.hotel_crm_base.tests.border.booking_api_common import BookingApiMakers
from odoo.addons.hotel_crm_callcenter.tests.call_common import CallMakers
from odoo.addons.hotel_crm_loyalty.tests.ledger.loyalty_common import LoyaltyMakers

STAYS = int(os.environ.get("KILL_STAYS", 8))


class Scene(FolioMakers, LoyaltyMakers, CallMakers, PortalMakers):
    env = env(context={**env.context, "tracking_disable": True, "no_reset_password": True})

    @classmethod
    def _make_leaving(cls, number):
        """Make a member who has paid and leaves today; return the stay."""
        guest = cls._make_guest(f"Leaver {number}", email=f"leaver{number}@example.com")
        cls._make_member(guest)
        booking = cls._make_in_house(guest=guest, arrival=cls.hotel.business_date - timedelta(days=2))
        journals = cls.env["account.journal"]
        journal = journals.search([("type", "=", "bank"), ("company_id", "=", cls.hotel.company_id.id)], limit=1)
        booking._get_folio()._take_payment(booking.balance, journal)
        return booking.stay_ids

    @classmethod
    def _make_hotels(cls):
        """The first maker that needs them makes them."""
        return None if hasattr(cls, "hotel") else super()._make_hotels()


Scene._make_portal_scene(rooms=5)
env = Scene.env
Scene._make_folio_scene()
Scene.room_type.product_id.taxes_id = False
Scene.program = Scene._make_program()
Scene._make_call_center()
outlet = Scene._make_outlet(Scene.hotel)
stays = [Scene._make_leaving(number) for number in range(STAYS)]
guest = Scene._make_portal_user("guest_site", email="guest_site@example.com")
clerk = Scene._make_user("front_office", login="clerk_site", password="clerk_site")
boss = Scene._make_user("manager", login="boss_site", password="boss_site")
Scene._make_user("admin", login="admin_site", password="admin_site")
for login in ("leaver_site", "changer_site"):
    Scene._make_user("front_office", login=login, password=login)
boss.company_ids = [Command.link(Scene.hotel.company_id.id)]
booking = Scene._book_online(guest.partner_id)
provider = env["payment.provider"].search(
    [("code", "=", "demo"), ("company_id", "=", Scene.hotel.company_id.id)], limit=1
)
provider.write({"state": "test", "is_published": True})
provider.payment_method_ids.filtered(lambda method: method.code == "demo").active = True
survey = env.ref("hotel_crm_service.survey_post_stay")
job = env["hotel.import.job"].create(
    {"kind": "guests", "file": base64.b64encode(b"name\nAna\n"), "file_name": "a.csv", "source_system": "site"}
)
facts = {
    "stays": [stay.id for stay in stays],
    "hotel": Scene.hotel.id,
    "company": Scene.hotel.company_id.id,
    "code": Scene.hotel.code,
    "slug": Scene.hotel._get_slug(),
    "guest": guest.partner_id.id,
    "reservation": booking.id,
    "job": job.id,
    "plan": Scene.plan.id,
    "prepaid": Scene.prepaid.id,
    "survey": survey._create_answer(partner=guest.partner_id).get_start_url(),
    "plan_code": Scene.plan.code,
    "room_type": Scene.room_type.id,
    "room_type_code": Scene.room_type.code,
    "first": Scene.hotel.business_date.isoformat(),
    "arrival": Scene.arrival.isoformat(),
    "departure": Scene.departure.isoformat(),
    "api_key": BookingApiMakers._make_key.__func__(Scene, clerk),
    "bridge_key": Scene.exchange._make_key(),
}
# nothing but what the tests set off is sent
env["mail.mail"].search([]).unlink()
env["hotel.message"].search([("state", "=", "queued")]).write({"state": "refused"})
env.cr.commit()
sys.stdout.write(f"SCENE{json.dumps(facts)}\n")
