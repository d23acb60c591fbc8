"""What tests of rights share: users of every role, and one record of every model."""

from datetime import date

from odoo import Command, fields

from .common import HotelCase
from .roles import find_own_models

#: a picture of one pixel, PNG
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class SecurityCase(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sister = cls._make_property(name="Harbour Annex", code="ANNE")
        cls.guest = cls._make_guest("Ana Costa", company_id=cls.hotel.company_id.id, phone="+351912345678")
        cls.friend = cls._make_guest("Rui Pinto", company_id=cls.hotel.company_id.id)

    def setUp(self):
        super().setUp()
        self.users = {}

    def _user(self, role, hotels=None):
        """Return a user of a role, made once per test."""
        hotels = self.hotel if hotels is None else hotels
        key = (role, hotels)
        if key not in self.users:
            self.users[key] = self._make_user(role, hotels)
        return self.users[key]

    def _own_models(self):
        """Return the names of the models that the addon defines."""
        return sorted(find_own_models(self.registry, "hotel_crm_base"))

    def _first(self, model):
        """Return the id of the first record of a coded list."""
        return self.env[model].search([], limit=1).id

    def _make_one_of_each(self):
        """Return a record of each model with a scope, all of the first property and its guest."""
        records = {
            **self._make_places(),
            **self._make_bookings(),
            **self._make_facts(),
            **self._make_knowledge(),
            **self._make_audiences(),
            **self._make_credit(),
            **self._make_events(),
        }
        self.env["hotel.guest.metric"]._refresh_partners(self.guest.ids)
        records |= self._make_values()
        self.env["hotel.guest.figure"]._refresh(date(2026, 6, 1))
        self.env.flush_all()
        in_hotel = [("property_id", "=", self.hotel.id)]
        about_guest = [("partner_id", "=", self.guest.id)]
        for name, domain in {
            "hotel.stay.report": in_hotel,
            "hotel.booking.report": in_hotel,
            "hotel.mix.report": in_hotel,
            "hotel.occupancy.report": in_hotel,
            "hotel.pace.report": in_hotel,
            "hotel.consumption.report": in_hotel,
            "hotel.guest.metric": about_guest,
            "hotel.guest.figure": [("company_id", "=", self.hotel.company_id.id)],
            "hotel.guest.metric.month": about_guest,
            "hotel.guest.report": about_guest,
            "hotel.value.report": about_guest,
            "hotel.preference.report": about_guest,
            "hotel.access.log": about_guest,
        }.items():
            records[name] = self.env[name].search(domain, limit=1)
        return records

    def _make(self, model, **values):
        return self.env[model].create(values)

    def _make_places(self):
        """Return a record of each model of what a hotel has."""
        building = self._make("hotel.building", name="Main", property_id=self.hotel.id)
        room_type = self.room_type
        return {
            "hotel.property": self.hotel,
            "hotel.building": building,
            "hotel.floor": self._make("hotel.floor", name="1", building_id=building.id),
            "hotel.outlet": self._make_outlet(self.hotel),
            "hotel.room": self._make_room(room_type),
            "hotel.room.type": room_type,
            "hotel.room.type.bed": self._make(
                "hotel.room.type.bed", room_type_id=room_type.id, bed_type_id=self._first("hotel.bed.type")
            ),
            "hotel.room.type.image": self._make("hotel.room.type.image", room_type_id=room_type.id),
        }

    def _make_bookings(self):
        """Return a record of each model of what is sold and booked."""
        hotel, days = self.hotel, {"start_date": date(2026, 5, 1), "end_date": date(2026, 5, 3)}
        room = self._make_room(self.room_type)
        reservation = self._make("hotel.reservation", partner_id=self.guest.id, property_id=hotel.id)
        line = self._make(
            "hotel.reservation.line",
            reservation_id=reservation.id,
            room_type_id=self.room_type.id,
            arrival_date=days["start_date"],
            departure_date=days["end_date"],
        )
        day_end = self._make("hotel.day.end", property_id=hotel.id, date=date(2026, 5, 1))
        return {
            "hotel.rate.restriction": self._make(
                "hotel.rate.restriction", property_id=hotel.id, is_closed=True, **days
            ),
            "hotel.room.closure": self._make("hotel.room.closure", room_id=room.id, reason="Painting", **days),
            "hotel.inventory": self._make(
                "hotel.inventory", property_id=hotel.id, room_type_id=self.room_type.id, date=date(2099, 5, 1)
            ),
            "hotel.reservation": reservation,
            "hotel.reservation.line": line,
            "hotel.day.end": day_end,
            "hotel.day.end.item": self._make(
                "hotel.day.end.item", day_end_id=day_end.id, kind="dirty", room_id=room.id
            ),
            "hotel.room.status.log": self._make("hotel.room.status.log", room_id=room.id, state="dirty"),
            "hotel.message": self._make(
                "hotel.message",
                partner_id=self.guest.id,
                property_id=hotel.id,
                company_id=hotel.company_id.id,
                purpose="transaction",
                channel="email",
                dedupe_key="test",
            ),
        }

    def _make_facts(self):
        """Return a record of each model of what happened in a hotel."""
        stay = self._make_stay(self.guest, state="in_house")
        return {
            "hotel.stay": stay,
            "hotel.stay.night": stay.night_ids[0],
            "hotel.consumption": self._make_consumption(self.guest),
            "hotel.service.record": self._make(
                "hotel.service.record",
                partner_id=self.guest.id,
                property_id=self.hotel.id,
                kind_id=self._first("hotel.service.kind"),
            ),
            "hotel.outlet.bill": self._make(
                "hotel.outlet.bill",
                outlet_id=self._make_outlet(self.hotel).id,
                partner_id=self.guest.id,
                business_date=date(2026, 5, 1),
                settlement="paid",
                kind="food",
                description="Dinner",
                amount_gross=10.0,
                request_key="test",
            ),
            "hotel.figure.day": self._make(
                "hotel.figure.day",
                part="room",
                date=fields.Date.to_date("2026-05-01"),
                property_id=self.hotel.id,
                company_id=self.hotel.company_id.id,
                currency_id=self.hotel.currency_id.id,
            ),
            "hotel.figure.night": self._make(
                "hotel.figure.night",
                part="room_type",
                date=fields.Date.to_date("2026-05-01"),
                property_id=self.hotel.id,
                state="departed",
                nights=1,
            ),
        }

    def _make_values(self):
        """Return a record of each model of what guests are worth."""
        model = self._make("hotel.value.model", company_id=self.hotel.company_id.id)
        fit = self._make("hotel.value.fit", model_id=model.id, today_date=date(2026, 6, 1))
        fit._fit()
        fit._value_range(self.guest.id + 1)
        values = self.env["hotel.guest.value"].search([("partner_id", "=", self.guest.id)])
        about = {"company_id": self.hotel.company_id.id}
        band = self._make("hotel.prospect.band", contacts=10, converted=5, lift=2.0, **about)
        return {
            "hotel.value.model": model,
            "hotel.value.fit": fit,
            "hotel.guest.value": values,
            "hotel.prospect.band": band,
            "hotel.prospect": self._make("hotel.prospect", partner_id=self.guest.id, band_id=band.id, **about),
        }

    def _make_knowledge(self):
        """Return a record of each model of what is known of a guest."""
        guest = self.guest
        about = {"partner_id": guest.id}
        document = self._make("hotel.guest.document", document_type="passport", **about)
        return {
            "res.partner": guest,
            "hotel.guest.preference": self._make(
                "hotel.guest.preference", preference_id=self._first("hotel.preference"), **about
            ),
            "hotel.guest.relation": self._make(
                "hotel.guest.relation", related_partner_id=self.friend.id, kind="family", **about
            ),
            "hotel.guest.reference": self._make("hotel.guest.reference", source_system="pms", source_ref="1", **about),
            "hotel.consent": guest.hotel_record_consent("offer", "email", "given"),
            "hotel.guest.document": document,
            "hotel.guest.document.scan": self._make(
                "hotel.guest.document.scan", document_id=document.id, content_input=PIXEL
            ),
            "hotel.duplicate.pair": self._make(
                "hotel.duplicate.pair", partner_a_id=guest.id, partner_b_id=self.friend.id, probability=0.9
            ),
            "hotel.merge": self._make("hotel.merge", kept_id=guest.id, gone_id=self.friend.id),
            "hotel.privacy.request": self._make("hotel.privacy.request", **about),
            "hotel.privacy.hold": self._make("hotel.privacy.hold", reason="Lawsuit", **about),
        }

    def _make_credit(self):
        """Return a record of each model of credit."""
        company = self.hotel.company_id
        self.env["hotel.credit.standard"]._load_usual(company)
        of_company = [("company_id", "=", company.id)]
        return {
            "hotel.credit.standard": self.env["hotel.credit.standard"].search(of_company, limit=1),
            "hotel.credit.factor": self.env["hotel.credit.factor"].search(of_company, limit=1),
            "hotel.credit.investigation": self._make(
                "hotel.credit.investigation", partner_id=self.guest.id, company_id=company.id, agency="Bank"
            ),
            "hotel.credit.grade": self.env["hotel.credit.grade"]._propose(self.guest, company),
        }

    def _make_events(self):
        """Return a receiver of events, and what it is told."""
        receiver = self._make("hotel.event.subscription", name="PMS", url="https://pms.example.com/events")
        self.env["hotel.event.delivery"]._emit_ping(receiver)
        told = self.env["hotel.event.delivery"].search([("subscription_id", "=", receiver.id)])
        return {"hotel.event.subscription": receiver, "hotel.event.delivery": told}

    def _make_audiences(self):
        """Return a record of each model of segments."""
        segment = self._make("hotel.segment", name="Everybody", company_ids=[Command.set(self.hotel.company_id.ids)])
        size = {"date": date(2026, 5, 1), "member_count": 1, "currency_id": self.hotel.currency_id.id}
        return {
            "hotel.segment": segment,
            "hotel.segment.rule": self._make("hotel.segment.rule", segment_id=segment.id),
            "hotel.segment.member": self.env["hotel.segment.member"].search(
                [("segment_id", "=", segment._freeze().id), ("partner_id", "=", self.guest.id)]
            ),
            "hotel.segment.size": self._make("hotel.segment.size", segment_id=segment.id, **size),
        }
