"""Guests who come, leave and spend as the models of lifetime say, and their valuation."""

from datetime import date, timedelta
from unittest.mock import patch

import numpy as np
from freezegun import freeze_time

from odoo.addons.hotel_crm_base.tests.common import HotelCase

TODAY = date(2026, 6, 1)


class ValueMakers:
    """Makers beside those of HotelMakers."""

    @classmethod
    def _make_cohort(cls, number, seed=1, rate=0.05, hotel=None):
        """Make guests who come and leave as the forecast's model says, and what they spend."""
        hotel, random = hotel or cls.hotel, np.random.default_rng(seed)
        guests = cls.env["res.partner"].create([{"name": f"Guest {n}", "is_hotel_guest": True} for n in range(number)])
        stays, charges = [], []
        for guest in guests:
            day = TODAY - timedelta(days=int(random.integers(200, 1400)))
            weekly, leaving, mean = random.gamma(0.8, rate / 0.8), random.beta(0.9, 4), random.gamma(4, 60)
            while day < TODAY:
                stays.append((guest.id, day, day + timedelta(days=2)))
                charges.append((guest.id, day, round(float(random.gamma(5, mean / 5)), 2) + 1))
                if random.random() < leaving:
                    break
                day += timedelta(days=1 + int(random.exponential(7 / weekly)) if weekly > 1e-4 else 9999)
        cls._insert(hotel, stays, charges)
        cls.env["hotel.guest.metric"]._refresh_partners(guests.ids)
        return guests

    @classmethod
    def _insert(cls, hotel, stays, charges):
        """Insert many stays and charges; by SQL because thousands are needed."""
        common = (hotel.id, hotel.company_id.id, hotel.company_id.currency_id.id)
        cls.env.flush_all()
        cls.env.cr.execute_values(
            """INSERT INTO hotel_stay (partner_id, arrival_date, departure_date, nights, state, property_id,
                                       company_id, currency_id) VALUES %s""",
            [(*stay, 2, "departed", *common) for stay in stays],
        )
        cls.env.cr.execute_values(
            """INSERT INTO hotel_consumption (partner_id, business_date, amount_gross, amount_net, description, kind,
                                              source_system, posted_at, property_id, company_id,
                                              currency_id) VALUES %s""",
            [(*charge, charge[2], "Room", "room", "test", TODAY, *common) for charge in charges],
        )
        cls.env.invalidate_all()

    @classmethod
    def _value(cls, model=None, step=10**6):
        """Value the guests of a model as the job does, without its commits."""
        model = model or cls.model
        with freeze_time(TODAY), patch.object(type(cls.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 9):
            fit = model._start()
            cls.env["hotel.value.fit"]._continue(step=step)
        return fit


class ValueCase(ValueMakers, HotelCase):
    """A company whose guests are valued."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.hotel.company_id
        cls.env["hotel.value.model"].search([]).unlink()
        cls.model = cls.env["hotel.value.model"].create({"company_id": cls.company.id})

    def _row(self, guest, model=None):
        return self.env["hotel.guest.value"].search(
            [("partner_id", "=", guest.id), ("model_id", "=", (model or self.model).id)]
        )
