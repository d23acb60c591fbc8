"""A hotel in which everybody has something, with a mark of whose it is in all of it."""

import inspect
import json
import logging
import os
import re
import threading
from datetime import timedelta
from unittest.mock import patch

import requests
from fuzz_calls import MARK, OWN, TAG, Pool
from lxml import etree
from repository import ADDONS, ROOT

from odoo import fields, http
from odoo.tests import HttpCase
from odoo.tests.test_cursor import TestCursor

from odoo.addons.hotel_crm_base.models.border.hotel_rate_limit import LIMITS
from odoo.addons.hotel_crm_base.tests.booking.portal_common import PortalMakers

#: how many calls of each route and caller; FUZZ=100 looks longer than CI does
CALLS = int(os.environ.get("FUZZ", "4"))
#: what they say of calls that were meant to fail is for the ear alone
LOGGERS = (
    *("odoo.http", "odoo.sql_db", "odoo.models", "odoo.service.model", "werkzeug"),
    *("odoo.addons.http_routing.models.ir_http", "odoo.addons.base.models.ir_http"),
    *("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_qweb"),
)


class _Ear(logging.Handler):
    """Remembers the last error, so that a complaint says what broke."""

    last = ""

    def emit(self, record):
        text = "".join(logging.Formatter().formatException(record.exc_info)) if record.exc_info else record.getMessage()
        self.last = " | ".join(text.strip().splitlines()[-3:])


class FuzzCase(PortalMakers, HttpCase):
    #: marks of guests whom the caller is not to see
    hidden = (MARK,)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        # uses are counted on a connection of their own, also beside one that only reads; in tests all are one
        cls.startClassPatcher(patch.object(TestCursor, "_check_cursor_readonly", lambda _cursor: None))
        cls._make_portal_scene(rooms=20)
        cls._loosen_limits()
        cls.ana = cls._make_portal_user(
            "portal_ana", name=f"Ana {OWN}", email="ana@example.com", phone="+351912345678", street=f"{OWN} Street 7"
        )
        cls.other = cls._make_portal_user(
            "portal_quuxley", name=f"{MARK} Quuxley", email=f"{MARK}@example.com", phone="+351917777777",
            street=f"{MARK} Street 1",
        ).partner_id
        cls.stranger = cls._make_guest(f"{MARK} Far", company_id=cls.other_company.id, email=f"{MARK}@far.example.com")
        cls.own, cls.foreign = cls._make_life(cls.ana.partner_id, OWN), cls._make_life(cls.other, MARK)
        cls.pool = cls._make_pool()
        cls.names = cls._find_names()
        cls.ear = _Ear()
        for name in LOGGERS:
            logger = logging.getLogger(name)
            cls.startClassPatcher(patch.multiple(logger, handlers=[cls.ear], propagate=False))

    @classmethod
    def _loosen_limits(cls):
        for kind in LIMITS:
            for end in ("", "_address"):
                cls.env["ir.config_parameter"].set_param(f"hotel_crm_base.rate_limit_{kind}{end}", "1000000")

    @classmethod
    def _make_life(cls, guest, word):
        """Let a guest book, stay, consume, complain and collect points; return it by model."""
        stay = cls._make_stay(guest, state="in_house", room_id=cls._make_room(cls.room_type).id)
        found = {
            "reservation": cls._book_online(guest, name=f"{word} {guest.id}", email=guest.email),
            "stay": stay,
            "consumption": cls._make_consumption(guest, description=f"{word} in the bar", stay_id=stay.id),
            "case": cls.env["hotel.case"].create(
                {
                    "property_id": cls.hotel.id,
                    "partner_id": guest.id,
                    "description": f"{word}: the shower is cold",
                    "subject": f"{word} shower",
                }
            ),
            "privacy": cls.env["hotel.privacy.request"].create({"partner_id": guest.id}),
        }
        programs = cls.env["loyalty.program"]
        program = programs.search([("hotel_code", "=", "hotel_club"), ("hotel_managed", "=", True)])
        cls.program = program or programs._hotel_load("hotel_club")
        found["card"] = cls.program._hotel_join(guest, on=fields.Date.today())
        return found

    @classmethod
    def _make_campaign(cls):
        today = fields.Date.today()
        campaign = cls.env["utm.campaign"].create(
            {
                "title": "Garden Concert",
                "hotel_kind": "event",
                "hotel_summary": "A concert",
                "hotel_company_id": cls.hotel.company_id.id,
                "hotel_property_ids": [(6, 0, cls.hotel.ids)],
                "hotel_start_date": today - timedelta(days=2),
                "hotel_end_date": today + timedelta(days=20),
                "hotel_holdout_percent": 0,
            }
        )
        campaign.hotel_state = "running"
        return campaign

    @classmethod
    def _make_pool(cls):
        lives = [*cls.own.values(), *cls.foreign.values()]
        campaign = cls._make_campaign()
        numbers = {record.id for record in [*lives, cls.ana.partner_id, cls.other, cls.stranger, campaign]}
        numbers |= {cls.hotel.id, cls.other_hotel.id, cls.room_type.id, cls.plan.id, cls.suite.id}
        numbers |= set(cls.env["hotel.loyalty.item"].search([], limit=3).ids)
        day = fields.Date.to_string
        good = {"yes": ("1", "on", "true"), "arrival": (day(cls.arrival),), "departure": (day(cls.departure),)}
        good |= dict.fromkeys(("adults", "children", "rooms", "number", "page", "points", "stars"), ("1", "2"))
        good |= {"type": (str(cls.room_type.id),), "room_type": ("SEA",), "plan": (str(cls.plan.id),)}
        good |= {"rate_plan": ("TFLEX",), "property": (cls.hotel.code,), "hotel": (str(cls.hotel.id),)}
        good |= {"name": ("Bea Nova",), "email": ("bea@example.com", "ana@example.com"), "agreed": ("1",)}
        good |= {"phone": ("+351913333333",), "lang": ("en_US", "zh_CN"), "month": (day(cls.arrival)[:7],)}
        own = cls.own["reservation"]
        good |= {"access_token": (own.access_token or own._portal_ensure_token(),)}
        slug = cls.hotel._get_page_url().rsplit("/", 1)[-1]
        room = cls.own["stay"].room_id
        named = {"reservation": "reservation", "stay": "stay", "case": "case", "card": "card", "request": "privacy"}
        good |= {f"{name}_id": (cls.own[key].id,) for name, key in named.items()}
        good |= {"campaign_id": (campaign.id,), "property_id": (cls.hotel.id,)}
        good |= {"slug": (slug,), "code": ("hotel_club",)}
        good |= {"item_id": tuple(cls.env["hotel.loyalty.item"].search([], limit=3).ids), "reference": (own.name,)}
        codes = (slug, "hotel_club", own.name, cls.foreign["reservation"].name, room._get_service_token(), "x")
        return Pool(tuple(sorted(numbers)), good, tuple(codes))

    @classmethod
    def _find_names(cls):
        """Return the names of all fields of forms in our templates."""
        found = set(cls.pool.words)
        for addon in ADDONS:
            for path in (ROOT / addon).glob("views/**/*templates*.xml"):
                for kind in ("input", "select", "textarea", "button"):
                    found |= {field.get("name") for field in etree.parse(str(path)).iter(kind) if field.get("name")}
        return {name for name in found if name != "csrf_token"}

    # ---- routes -------------------------------------------------------------------------------

    def _find_routes(self):
        """Return rule, route's options and names of parameters of routes whose controller is ours or extended by us.

        They are read from the server's own map: a new route is called without being listed anywhere.
        """
        found = []
        threading.current_thread().dbname = self.env.cr.dbname  # as in a request
        for rule in self.env["ir.http"].routing_map().iter_rules():
            function = getattr(rule.endpoint, "func", rule.endpoint)
            modules = {part.__module__ for part in type(function.__self__).__mro__}
            if not any(module.startswith("odoo.addons.hotel_crm_") for module in modules):
                continue
            original = getattr(rule.endpoint, "original_endpoint", function)
            names = {
                name
                for name, parameter in inspect.signature(original).parameters.items()
                if parameter.kind is not parameter.VAR_KEYWORD and name not in ("self", *rule.arguments)
            }
            found.append((rule, rule.endpoint.routing, names | self.names))
        return sorted(found, key=lambda route: (route[0].rule, sorted(route[0].methods or ())))

    # ---- calling ------------------------------------------------------------------------------

    def _try(self, call, headers=None):
        """Make a call and return what is wrong with its answer, or None."""
        self.ear.last = ""
        options = {"headers": {**(headers or {})}, "allow_redirects": False, "method": call.method, "timeout": 30}
        if call.form == "json":
            options["headers"]["Content-Type"] = "application/json"
            options["data"] = json.dumps(call.body) if call.method != "GET" else None
        elif call.method == "POST":
            options["data"] = {**call.body, "csrf_token": http.Request.csrf_token(self)}
        options["params"] = call.query
        try:
            response = self.url_open(call.path, **options)
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidHeader, UnicodeError):
            return None
        return self._judge(response)

    def _judge(self, response):
        text = response.text
        if response.status_code >= 500 and response.status_code != 503:
            return f"{response.status_code}: {self.ear.last}"
        if "Traceback (most recent call last)" in text:
            return f"a traceback: {self.ear.last} {text[:200]}"
        for mark in self.hidden:
            if mark in text.lower() or any(mark in value.lower() for value in response.headers.values()):
                place = text.lower().find(mark)
                return f"another guest's: {re.sub(chr(10), ' ', text[max(0, place - 100):place + 60])}"
        if TAG in text and "html" in response.headers.get("Content-Type", ""):
            return "a tag that was sent comes back as one"
        return None
