"""What the columns of a file mean together: stays, guests, charges.

Functions of the job that are asked here (``work.engine.lookups``), each giving an id or Bad:

===================  =========================================================
property             (text) -> hotel.property
service_kind         (text) -> hotel.service.kind
room_type            (property id, text) -> hotel.room.type
room                 (property id, text) -> hotel.room
outlet               (property id, text) -> hotel.outlet
channel, market_segment, rate_plan, vip_code, lang, currency    (text) -> id (lang: its code)
country              (ISO alpha-2) -> res.country
instant              (property id or None, day or local datetime, offset) -> UTC datetime
document             (type, number, country id) -> (type, number) as they are kept
===================  =========================================================
"""

from datetime import date, timedelta
from decimal import Decimal

from .layouts import CONSUMPTION, GUEST, SERVICE, STAY
from .problems import Bad

LAYOUTS = {"guests": GUEST, "stays": STAY, "consumption": CONSUMPTION, "services": SERVICE}
LONGEST_STAY = 1000
#: columns of a file of stays that say who the guest is
NAMING = (
    *("guest_ref", "guest_code", "guest_name", "guest_first_name"),
    *("guest_last_name", "guest_email", "guest_phone"),
)
#: columns of a layout that are made of targets of other names
MADE_OF = {
    "name": ("first_name", "last_name"),
    "guest_name": ("guest_first_name", "guest_last_name"),
    "arrival_date": ("arrival_year", "arrival_month", "arrival_day"),
    "departure_date": ("nights",),
    "booked_at": ("lead_days",),
    "cancelled_at": ("status_date",),
    "guest_country": ("guest_country_only",),
}
#: lookups that take the text alone
_CODES = ("channel", "market_segment", "rate_plan")


def _look_up(work, name, parts, lookup=None):
    """Make the column ``<name>_id`` by asking the job."""
    ask = work.engine.lookups.get(lookup or name)

    def make(*values):
        return None if values[-1] is None else ask(*values)

    if parts[-1] in work.columns:
        work.combine(f"{name}_id", parts, make)


def _instant(work, name, zone="property_id"):
    """Turn a parsed instant into UTC, by the clock of the property."""
    if name in work.columns:
        ask = work.engine.lookups["instant"]
        work.combine(name, [zone, name], lambda place, value: value and ask(place, *value))


# ---- guests ---------------------------------------------------------------------------------


def compose_guests(work):
    """Make the columns of layouts.GUEST."""
    _compose_guest(work, "")
    work.require("name")


def full_name(name, first, last):
    """Return the name of a person given in one or two columns.

    >>> full_name(None, "Ana", "Silva"), full_name(None, "伟", "王"), full_name("Bo", "x", None)
    ('Ana Silva', '王伟', 'Bo')
    """
    if name or not (first or last):
        return name
    parts = [part for part in (first, last) if part]
    if len(parts) == 2 and all("\u3400" <= part[0] <= "\u9fff" for part in parts):
        return last + first
    joined = " ".join(parts)
    return joined if len(joined) <= 256 else Bad("too_long", "256")


def _compose_guest(work, prefix):
    """Make the columns of a guest; those of a guest in a file of stays bear a prefix."""

    def of(name):
        return prefix + name

    if of("first_name") in work.columns or of("last_name") in work.columns:
        work.combine(of("name"), [of("name"), of("first_name"), of("last_name")], full_name)
    if of("birth_date") in work.columns:
        today = work.engine.options.today
        work.combine(of("birth_date"), [of("birth_date")], lambda born: check_birth(born, today))
    for name in ("nationality", "country", "document_country"):
        _look_up(work, of(name), [of(name)], "country")
    for name in ("vip_code", "lang"):
        _look_up(work, of(name), [of(name)], name)
    if of("lang") in work.columns:
        work.put(of("lang"), work.get(of("lang_id")), work.sources[of("lang")], of("lang_id") in work.suspects)
    _instant(work, of("registered_at"), "property_id" if prefix else "no_property")
    if of("document_number") in work.columns and "document" in work.engine.lookups:
        parts = [of("document_type"), of("document_number"), of("document_country_id")]
        ask = work.engine.lookups["document"]
        work.combine("document", parts, lambda kind, number, place: number and ask(kind, number, place))
        work.combine(of("document_type"), ["document"], lambda pair: pair and pair[0])
        work.combine(of("document_number"), ["document"], lambda pair: pair and pair[1])


def check_birth(born, today):
    """Refuse days to come and ages beyond 130.

    >>> today = date(2025, 1, 1)
    >>> check_birth(date(2026, 1, 1), today).code, check_birth(date(1894, 1, 1), today).code, check_birth(None, today)
    ('future_birth', 'far_date', None)
    """
    if born and born > today:
        return Bad("future_birth")
    return Bad("far_date") if born and born.year < today.year - 130 else born


# ---- stays ----------------------------------------------------------------------------------


def compose_stays(work):
    """Make the columns of layouts.STAY; return the guest rows."""
    _look_up(work, "property", ["property"])
    _compose_dates(work)
    _compose_rate(work)
    _compose_persons(work)
    for name in _CODES:
        _look_up(work, name, [name])
    for name, lookup in (("room_type", "room_type"), ("booked_room_type", "room_type"), ("room", "room")):
        _look_up(work, name, ["property_id", name], lookup)
    _look_up(work, "guest_country", ["guest_country_only"], "country")
    for name in ("checked_in_at", "checked_out_at", "cancelled_at", "status_date"):
        _instant(work, name)
    work.require("property_id", "state")
    work.combine("cancelled_at", ["state", "cancelled_at", "status_date"], _cancelled_at)
    guests = _compose_stay_guests(work)
    work.note("no_guest_given", [ref is None for ref in work.get("guest_ref")])
    return guests


def _compose_dates(work):
    if "arrival_year" in work.columns:
        parts = ["arrival_date", "arrival_year", "arrival_month", "arrival_day"]
        work.combine("arrival_date", parts, date_of_parts)
    work.require("arrival_date")
    work.combine("departure_date", ["arrival_date", "departure_date", "nights"], departure_of)
    work.note("day_use", [a == d for a, d in zip(work.get("arrival_date"), work.get("departure_date"), strict=True)])
    _instant(work, "booked_at")
    if "lead_days" in work.columns:
        ask = work.engine.lookups["instant"]

        def booked_of(place, arrival, booked, lead):
            if booked is not None or lead is None:
                return booked
            return ask(place, arrival - timedelta(days=lead), None)

        work.combine("booked_at", ["property_id", "arrival_date", "booked_at", "lead_days"], booked_of)


def date_of_parts(whole, year, month, day):
    """Return a date given in three columns.

    >>> date_of_parts(None, 2015, "7", 1), date_of_parts(None, 2015, 2, 29).code
    (datetime.date(2015, 7, 1), 'bad_date')
    """
    if whole or year is month is day is None:
        return whole
    try:
        return date(year, int(month), day)
    except (TypeError, ValueError):
        return Bad("bad_date", "2025-12-31")


def departure_of(arrival, departure, nights):
    """Return the departure by itself or by the number of nights; both must agree.

    >>> departure_of(date(2015, 7, 1), None, 2), departure_of(date(2015, 7, 1), date(2015, 7, 1), None)
    (datetime.date(2015, 7, 3), datetime.date(2015, 7, 1))
    >>> departure_of(date(2015, 7, 2), date(2015, 7, 1), None), departure_of(date(2015, 7, 1), date(2015, 7, 2), 3)
    (Bad('departure_first', ''), Bad('dates_differ', ''))
    """
    if departure is None:
        return Bad("required") if nights is None else arrival + timedelta(days=nights)
    if departure < arrival:
        return Bad("departure_first")
    if nights is not None and (departure - arrival).days != nights:
        return Bad("dates_differ")
    return departure if (departure - arrival).days <= LONGEST_STAY else Bad("long_stay", str(LONGEST_STAY))


def _compose_rate(work):
    if "rate" not in work.columns:
        return
    if work.engine.options.accept_negative:
        work.note("negative_rate_kept", [isinstance(r, Decimal) and r < 0 for r in work.get("rate")])
    else:
        work.combine("rate", ["rate"], lambda rate: Bad("negative_rate") if rate and rate < 0 else rate)


def _compose_persons(work):
    given = [name for name in ("adults", "children", "infants") if name in work.columns]
    empty = [False] * len(work.numbers)
    for name in ("adults", "children", "infants"):
        values = work.columns.get(name)
        if values is None:
            default = 1 if name == "adults" and not given else 0
            work.put(name, [default] * len(work.numbers), [], False)
        elif None in values:
            empty = [flag or value is None for flag, value in zip(empty, values, strict=True)]
            work.put(name, [0 if v is None else v for v in values], work.sources[name], name in work.suspects)
    work.note("empty_count", empty)
    counts = zip(work.get("adults"), work.get("children"), work.get("infants"), strict=True)
    work.note("no_person", [count == (0, 0, 0) for count in counts])


def _cancelled_at(state, cancelled, status):
    """Return when a cancelled stay was cancelled; others never were.

    >>> _cancelled_at("cancelled", None, 1), _cancelled_at("departed", 1, 1)
    (1, None)
    """
    return (cancelled or status) if state == "cancelled" else None


def _compose_stay_guests(work):
    """Make guest_ref; return one guest row (or None) per row of a file that names guests."""
    if not any(name in work.columns for name in NAMING):
        return None
    _compose_guest(work, "guest_")
    named = ("name", "email", "phone")
    known = [work.get(f"guest_{name}") for name in named] + [work.get("guest_code")]
    refs = [
        ref or (f"stay/{own}" if any(who) else None)
        for ref, own, *who in zip(work.get("guest_ref"), work.get("source_ref"), *known, strict=True)
    ]
    work.put("guest_ref", refs, work.sources.get("guest_ref", []), "guest_ref" in work.suspects)
    columns = [refs, *(work.get(f"guest_{name}") for name in GUEST[1:-1]), work.get("guest_code")]
    return [row if row[0] and any(who) else None for row, *who in zip(zip(*columns, strict=True), *known, strict=True)]


# ---- consumption ----------------------------------------------------------------------------


def compose_consumption(work):
    """Make the columns of layouts.CONSUMPTION."""
    _look_up(work, "property", ["property"])
    _look_up(work, "outlet", ["property_id", "outlet"])
    _look_up(work, "currency", ["currency"])
    if not work.engine.options.accept_negative:
        work.combine("amount_gross", ["amount_gross", "reversal_of_ref"], _check_sign)
    work.combine("amount_net", ["amount_gross", "amount_net"], lambda gross, net: gross if net is None else net)
    work.require("property_id", "kind", "business_date", "amount_gross")


def _check_sign(amount, reversal_of):
    """Refuse negative amounts that take nothing back."""
    return Bad("negative") if amount is not None and amount < 0 and not reversal_of else amount


# ---- services -------------------------------------------------------------------------------


def compose_services(work):
    """Make the columns of layouts.SERVICE."""
    _look_up(work, "property", ["property"])
    _look_up(work, "kind", ["kind"], "service_kind")
    _instant(work, "served_at")
    outcomes = [value or "done" for value in work.get("outcome")]
    work.put("outcome", outcomes, work.sources.get("outcome", []), "outcome" in work.suspects)
    work.require("property_id", "kind_id", "served_at")


BY_KIND = {
    "guests": compose_guests,
    "stays": compose_stays,
    "consumption": compose_consumption,
    "services": compose_services,
}
