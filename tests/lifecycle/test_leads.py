"""Potential guests become leads where Odoo's CRM is installed, which no addon depends on."""

import os
import subprocess

import pytest
from database import Database

SCRIPT = """
company = env.company
env["hotel.property"].create({"name": "Harbour Hotel", "code": "HARB", "tz": "UTC"})
guests = env["res.partner"].create(
    [{"name": f"Guest {n}", "is_hotel_guest": True, "email": f"g{n}@example.com"} for n in range(2)])
prospects = env["hotel.prospect"].create(
    [{"partner_id": guest.id, "company_id": company.id, "lift": 2.0} for guest in guests])
prospects.with_user(env.ref("base.user_admin")).action_hand_over()
leads = env["crm.lead"].search([("partner_id", "in", guests.ids)])
print("LEADS", len(leads), sorted(leads.mapped("email_from")), all(prospects.mapped("is_handed_over")))
guests[0]._hotel_erase()
print("ERASED", leads.filtered(lambda lead: "g0@" in str(lead.read())))
"""


@pytest.fixture(scope="module", name="database")
def fixture_database():
    database = Database(f"{os.environ.get('TEST_DB', 'test')}_leads")
    database.create(os.environ.get("HOTEL_CRM_STAGE"))
    database.list_modules()
    database.serve_once("-i", "hotel_crm_base,crm")
    yield database
    database.drop()


def test_potential_guests_become_leads_and_the_erased_are_forgotten_there(database):
    done = subprocess.run(
        ["odoo", "shell", "-d", database.name, "--no-http", "--log-level=error"],
        input=SCRIPT, text=True, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": ""},
    )  # fmt: skip
    assert "LEADS 2 ['g0@example.com', 'g1@example.com'] True" in done.stdout, done.stdout + done.stderr
    assert "ERASED crm.lead()" in done.stdout, done.stdout + done.stderr
