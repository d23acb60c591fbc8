"""What the engine of the import asks the database: names in a file -> ids."""

from datetime import datetime, time, timedelta

import pytz

from odoo import fields

from ...intake.problems import Bad

NOON = time(12)
CODED = {
    "channel": "hotel.channel",
    "market_segment": "hotel.market.segment",
    "rate_plan": "hotel.rate.plan",
    "vip_code": "hotel.vip.code",
    "service_kind": "hotel.service.kind",
}
#: lists to which an import adds nothing: what an entry means is the manager's decision
CLOSED = ("vip_code", "service_kind")
PLACED = {"room_type": "hotel.room.type", "room": "hotel.room", "outlet": "hotel.outlet"}


class ImportLookups:
    """Answers of one run of a job, with the rights of the importer.

    :param hotel.import.job job: with the importer as user
    :param bool is_dry: codes that would be created are only noted in ``would_create``
    """

    def __init__(self, job, is_dry=False):
        self.job, self.env, self.is_dry = job, job.env, is_dry
        self.would_create = set()
        visible = job.env.user.hotel_visible_property_ids
        self.zones = {hotel.id: pytz.timezone(hotel.tz or "UTC") for hotel in visible}
        places = {line.name: line.property_id.id for line in job.place_ids if not line.is_left_out}
        self.places = {name: hotel_id for name, hotel_id in places.items() if hotel_id in self.zones}
        if job.property_id.id in self.zones:
            self.places[job._get_property_mark()] = job.property_id.id
        self.codes = {name: self._read_codes(model) for name, model in CODED.items()}
        self.placed = {}
        self.noons = {}

    def as_dict(self):
        """Return ``{name of a lookup: function}`` as compose.py asks for them."""
        found = {
            "property": lambda text: self.places.get(text) or Bad("no_property"),
            "country": self._find_country,
            "lang": self._find_lang,
            "currency": self._find_currency,
            "instant": self.to_utc,
            "document": self._check_document,
        }
        for name in CODED:
            found[name] = lambda text, name=name: self._find_code(name, text)
        for name in PLACED:
            found[name] = lambda place, text, name=name: self._find_placed(name, place, text)
        return found

    # ---- coded lists ------------------------------------------------------------------------

    def _read_codes(self, model):
        """Return ``{folded code or name: id}`` of a coded list; codes go before names."""
        known = {}
        records = self.env[model].search([])
        for lang in ("en_US", self.env.lang):
            known |= {record.name.casefold(): record.id for record in records.with_context(lang=lang)}
        return known | {record.code.casefold(): record.id for record in records}

    def _find_code(self, name, text):
        codes = self.codes[name]
        found = codes.get(text.casefold())
        if found:
            return found
        if name in CLOSED or not self.job.create_codes:
            return Bad("no_code")
        if self.is_dry:
            self.would_create.add((name, text))
            return None
        # the importer was asked; rights on the lists are the manager's
        record = self.env[CODED[name]].create({"name": text, "code": text})
        codes[text.casefold()] = record.id
        return record.id

    def _find_placed(self, name, place, text):
        """Return a room type, room or outlet of a property by its code or name."""
        known = self.placed.get((name, place))
        if known is None:
            records = self.env[PLACED[name]].search([("property_id", "=", place)])
            known = {record.name.casefold(): record.id for record in records}
            if "code" in records._fields:
                known |= {record.code.casefold(): record.id for record in records}
            self.placed[name, place] = known
        found = known.get(text.casefold())
        if found:
            return found
        if name != "room_type" or not self.job.create_room_types:
            return Bad(f"no_{name}")
        if self.is_dry:
            self.would_create.add((name, text))
            return None
        record = self.env["hotel.room.type"].create({"name": text, "code": text, "property_id": place})
        known[text.casefold()] = record.id
        return record.id

    # ---- Odoo's own lists: no secret, and technical users of other systems have no rights on them ---

    def _find_country(self, code):
        return self.env["res.country"].sudo().search([("code", "=", code)], limit=1).id or Bad("bad_country")

    def _find_lang(self, text):
        wanted = text.replace("-", "_").casefold()
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        exact = [code for code in installed if code.casefold() == wanted]
        begun = [code for code in installed if code.casefold().split("_")[0] == wanted]
        return (exact or begun or [Bad("bad_lang")])[0]

    def _find_currency(self, text):
        return self.env["res.currency"].sudo().search([("name", "=", text.upper())], limit=1).id or Bad("bad_currency")

    def _check_document(self, kind, number, country_id):
        country = self.env["res.country"].sudo().browse(country_id)
        return self.env["hotel.bulk.document"]._check(kind, number, country)

    # ---- instants ---------------------------------------------------------------------------

    def to_utc(self, place, value, offset=None):
        """Return an instant of a file in UTC.

        A date without a time is noon at the property: the right date in nearly every time zone.

        :param place: id of the property, or None for the importer's own time zone
        :param value: date or local datetime
        :param offset: minutes east of UTC that stand in the file, or None
        :rtype: datetime (naive UTC)
        """
        if not isinstance(value, datetime):
            key = (place, value)
            if key not in self.noons:
                self.noons[key] = self._localise(place, datetime.combine(value, NOON))
            return self.noons[key]
        if offset is not None:
            return value - timedelta(minutes=offset)
        return self._localise(place, value)

    def _localise(self, place, wall):
        zone = self.zones.get(place) or pytz.timezone(self.env.user.tz or "UTC")
        local = zone.normalize(zone.localize(wall))
        return local.astimezone(pytz.utc).replace(tzinfo=None)


def today_of(job):
    """Return the importer's date.

    :rtype: date
    """
    return fields.Date.context_today(job)
