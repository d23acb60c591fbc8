"""Guests, stays and charges as a chain of hotels has them, drawn at random: for the demo and for volume.

Plain Python: the same seed draws the same people. Rows are tuples in the order of
``hotel_crm_base.intake.layouts``.
"""
import json
import pathlib
import random
import unicodedata
from datetime import datetime, timedelta
from decimal import Decimal

POOL = json.loads((pathlib.Path(__file__).parent / "names.json").read_text(encoding="utf-8"))
DAYS_BACK = 730
DAYS_AHEAD = 45
CHARGES = (  # kind of outlet, kind of charge, what, least, most
    ("room", "room", "Accommodation", 80, 260),
    ("restaurant", "food", "Dinner", 20, 140),
    ("restaurant", "food", "Lunch", 12, 60),
    ("restaurant", "food", "Breakfast", 9, 28),
    ("bar", "beverage", "Bar", 6, 70),
    ("spa", "spa", "Massage", 40, 160),
    ("shop", "shop", "Gift Shop", 5, 80),
    ("room", "minibar", "Minibar", 3, 30),
    ("room", "service", "Laundry", 8, 45),
)


def ascii_word(text):
    """Return the letters of ``text`` that fit an e-mail address.

    >>> ascii_word("Nguyễn Văn Minh")
    'nguyenvanminh'
    >>> ascii_word("王伟")
    ''
    """
    flat = unicodedata.normalize("NFKD", text.replace("Đ", "D").replace("đ", "d").replace("ß", "ss"))
    return "".join(sign for sign in flat if sign.isascii() and sign.isalnum()).lower()


class Sample:
    """Draws guests and what they did.

    :param list[dict] hotels: per hotel id, type_ids (list), outlets ({kind: id}), scale (factor from
        euro to its currency), utc_offset (hours)
    :param dict codes: channel_ids, segment_ids, plan_ids (lists), countries ({code: id}), langs (installed)
    :param date today: business date that past and future are told apart by
    """

    def __init__(self, hotels, codes, today, seed=19):
        self.hotels, self.codes, self.today = hotels, codes, today
        self.random = random.Random(seed)
        others = POOL["others"]
        chinese = {"share": 1000 - sum(group["share"] for group in others), "order": "joined", "countries": ["CN"]}
        self.groups = [{**POOL["chinese"], **chinese}, *others]
        self.shares = [group["share"] for group in self.groups]
        self.families = [(list(group["family"]), list(group["family"].values())) for group in self.groups]

    def chunk(self, start, count, stays_per_guest=3, charges_per_guest=8):
        """Return rows of ``count`` guests numbered from ``start``, their stays and charges.

        :rtype: tuple[list, list, list]: guests, stays, charges
        """
        guests, stays, charges = [], [], []
        for number in range(start, start + count):
            twin = bool(guests) and self.random.random() < 0.02
            guests.append(self.twin(number, guests[-1]) if twin else self.guest(number))
            mine = [self.stay(number, i) for i in range(self.spread(stays_per_guest))]
            stays += mine
            lived = [stay for stay in mine if stay[8] in ("departed", "in_house")]
            charges += self.charges(number, lived, round(charges_per_guest * len(mine) / stays_per_guest))
        return guests, stays, charges

    def spread(self, mean):
        """Return a whole number of this mean; few guests have many (geometric, from 1)."""
        number = 1
        while self.random.random() > 1 / mean and number < 40:
            number += 1
        return number

    def guest(self, number):
        draw = self.random
        kind = draw.choices(range(len(self.groups)), self.shares)[0]
        group = self.groups[kind]
        sex = draw.choice(("female", "male"))
        family = draw.choices(*self.families[kind])[0]
        given = draw.choice(group[sex])
        names = {"joined": family + given, "family": f"{family} {given}", "given": f"{given} {family}"}
        name, country = names[group["order"]], draw.choice(group["countries"])
        born = self.today - timedelta(days=int(draw.triangular(18, 85, 38) * 365.25))
        word = ascii_word(name) or f"guest{draw.randrange(10**6)}"
        prefix, digits = POOL["mobiles"][country]
        return (
            f"G{number}",
            name,
            f"{word}{number}@example.com" if draw.random() < 0.7 else None,
            f"{prefix}{draw.randrange(10**digits):0{digits}d}" if draw.random() < 0.85 else None,
            sex,
            born if draw.random() < 0.8 else None,
            self.codes["countries"].get(country),
            self.language(country),
            f"{draw.choice(POOL['streets'])} {draw.randrange(1, 200)}",
            None,
            None,
            draw.choice(POOL["cities"].get(country, ("London", "Sydney", "Tokyo", "Wien"))),
            None,
            self.codes["countries"].get(country),
            None,
            datetime.combine(self.today, datetime.min.time()) - timedelta(days=draw.randrange(DAYS_BACK)),
            None,
            *self.document(number),
            None,
        )

    def document(self, number):
        """Return kind, number and country of a passport for one guest in five."""
        if number % 5:
            return None, None, None
        return "passport", f"P{10000000 + number:08d}", self.codes["countries"].get("PT")

    def twin(self, number, guest):
        """Return somebody noted twice: other number, other order of the name, other telephone."""
        words = guest[1].split()
        name = " ".join(reversed(words)) if len(words) == 2 else guest[1]
        return (f"G{number}", name, None, guest[3], *guest[4:17], None, None, None, None)

    def language(self, country):
        wanted = "zh_CN" if country == "CN" else "en_US"
        return wanted if wanted in self.codes["langs"] else "en_US"

    def stay(self, number, index):
        draw = self.random
        hotel = draw.choice(self.hotels)
        nights = draw.choices((0, 1, 2, 3, 4, 5, 7, 14), (1, 30, 28, 18, 9, 6, 6, 2))[0]
        arrival = self.today + timedelta(days=draw.randrange(-DAYS_BACK, DAYS_AHEAD))
        departure = arrival + timedelta(days=nights)
        lead = int(draw.expovariate(1 / 30))
        booked = min(self.instant(hotel, arrival, 12) - timedelta(days=lead), self.instant(hotel, self.today, 8))
        state = self.state(arrival, departure)
        adults = draw.choices((1, 2, 3, 4), (45, 45, 7, 3))[0]
        room_type = draw.choice(hotel["type_ids"])
        return (
            f"S{number}-{index}",
            f"G{number}",
            hotel["id"],
            room_type,
            room_type,
            None,
            arrival,
            departure,
            state,
            adults,
            draw.choices((0, 1, 2), (85, 10, 5))[0],
            0,
            Decimal(round(draw.uniform(60, 220) * hotel["scale"])),
            None,
            draw.choice(self.codes["channel_ids"]),
            draw.choice(self.codes["segment_ids"]),
            draw.choice(self.codes["plan_ids"]),
            booked,
            self.instant(hotel, arrival, 15) if state in ("in_house", "departed") else None,
            self.instant(hotel, departure, 11) if state == "departed" else None,
            booked + timedelta(hours=5) if state == "cancelled" else None,
        )

    def state(self, arrival, departure):
        """Return the state that a stay of these dates is in today."""
        chance = self.random.random()
        if chance < 0.12:
            return "cancelled"
        if arrival > self.today or (arrival == self.today and chance < 0.7):
            return "booked"
        if departure < self.today or (departure == self.today and chance < 0.5):
            return "no_show" if chance > 0.97 else "departed"
        return "in_house"

    def instant(self, hotel, day, hour):
        return datetime.combine(day, datetime.min.time()) + timedelta(hours=hour - hotel["utc_offset"])

    def charges(self, number, stays, count):
        rows = []
        for index in range(count if stays else 0):
            stay = self.random.choice(stays)
            hotel = next(hotel for hotel in self.hotels if hotel["id"] == stay[2])
            place, kind, what, least, most = CHARGES[index % len(CHARGES)]
            gross = Decimal(round(self.random.uniform(least, most) * hotel["scale"] * 100)) / 100
            last = min(stay[7], self.today)
            day = stay[6] + timedelta(days=self.random.randrange((last - stay[6]).days + 1))
            rows.append(
                (
                    f"C{number}-{index}",
                    f"G{number}",
                    stay[0],
                    stay[2],
                    hotel["outlets"].get(place),
                    kind,
                    day,
                    f"B{number}{index:02d}",
                    what,
                    Decimal(1),
                    gross,
                    (gross / Decimal("1.06")).quantize(Decimal("0.01")),
                    None,
                    None,
                )
            )
        return rows
