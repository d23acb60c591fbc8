"""Who is likely to come: contacts who never stayed, by how often people like them have stayed.

The method is the lift of association rules (Brin, Motwani, Ullman, Tsur: Dynamic Itemset Counting, 1997) with a
minimum support and back-off. Everybody has a profile: age band, gender, region, channel. A *band* is a profile with
some of the four left open. Its lift is the share of its people who have stayed, divided by the share of all people
who have. A profile is judged by the closest band, the one with the fewest left open, that at least ``least`` people
are in; of two equally close ones by the larger. What is not known of somebody is left open.

>>> rows = [
...     (("30-39", "female", "PT", "web"), 40, 24),
...     (("30-39", "male", "PT", "web"), 60, 6),
...     (("60+", "female", "CN", None), 5, 5),
...     (("60+", "male", "PT", None), 95, 15),
... ]
>>> found = judge(rows, least=20)
>>> found.contacts, found.converted
(200, 50)
>>> band = found.bands[found.closest[("30-39", "female", "PT", "web")]]
>>> band.contacts, band.converted, round(band.lift, 2)
(40, 24, 2.4)

Five women of sixty from China are too few, and so are all from China: they are judged as people of sixty and more,
of whom there are more than women.

>>> found.closest[("60+", "female", "CN", None)]
('60+', None, None, None)
>>> found.bands[("60+", None, None, None)]
Band(contacts=100, converted=20, lift=0.8)

Where nobody has stayed yet, nobody is likelier than others.

>>> judge([(("30-39", "male", "PT", None), 50, 0)], least=20).bands[(None, None, None, None)].lift
1.0
>>> judge([], least=20).bands
{}
"""

from collections import defaultdict
from itertools import product
from typing import NamedTuple

DIMENSIONS = ("age", "gender", "region", "channel")
#: a profile, or a band of profiles: what is None is not known, or left open
Profile = tuple[str | None, str | None, str | None, str | None]


class Band(NamedTuple):
    """How many people are in a band, how many of them have stayed, and how that compares."""

    contacts: int
    converted: int
    lift: float


class Judgement(NamedTuple):
    """What follows from the profiles of all."""

    contacts: int
    converted: int
    bands: dict[Profile, Band]
    closest: dict[Profile, Profile]


def age_band(age: int | None) -> str | None:
    """Return the band of an age in years.

    >>> [age_band(age) for age in (None, 17, 18, 29, 30, 59, 60, 101)]
    [None, '0-17', '18-29', '18-29', '30-39', '50-59', '60+', '60+']
    """
    if age is None:
        return None
    if age >= 60:
        return "60+"
    if age < 30:
        return "0-17" if age < 18 else "18-29"
    return f"{age // 10 * 10}-{age // 10 * 10 + 9}"


def cover(profile: Profile) -> list[Profile]:
    """Return the bands that a profile is in, the closest first.

    >>> cover(("30-39", None, "PT", None))
    [('30-39', None, 'PT', None), ('30-39', None, None, None), (None, None, 'PT', None), (None, None, None, None)]
    """
    bands = set(product(*[(value, None) for value in profile]))
    return sorted(bands, key=lambda band: (band.count(None), [value is None for value in band]))


def judge(rows, least: int) -> Judgement:
    """Return the bands with at least ``least`` people, and the closest of them for each profile.

    :param rows: profile, people who have it, and how many of these have stayed
    :param int least: minimum support
    """
    counts = defaultdict(lambda: [0, 0])
    profiles = []
    for profile, contacts, converted in rows:
        profiles.append(profile)
        for band in cover(profile):
            counts[band][0] += contacts
            counts[band][1] += converted
    everybody = (None,) * len(DIMENSIONS)
    contacts, converted = counts[everybody] if profiles else (0, 0)
    share = converted / contacts if contacts else 0.0
    bands = {
        band: Band(people, stayed, stayed / people / share if share else 1.0)
        for band, (people, stayed) in counts.items()
        if (people >= least or band == everybody) and people
    }
    closest = {
        profile: min(
            (band for band in cover(profile) if band in bands),
            key=lambda band: (band.count(None), -bands[band].contacts),
        )
        for profile in profiles
    }
    return Judgement(contacts, converted, bands, closest)
