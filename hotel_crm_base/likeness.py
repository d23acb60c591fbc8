"""Whether two guests may be one person, and what speaks for it.

Plain Python, no Odoo. What is stored is compared with what somebody types at the desk;
the reasons are codes, the strongest first.

>>> li_lei = Person("李雷", phone="+8613912345678", birth_date="1990-02-28")
>>> compare(Person("Lei LI", birth_date="1990-02-28"), li_lei)
['birth_name']
>>> compare(Person("Lily Green", phone="+8613912345678"), li_lei)
['phone']
>>> compare(Person("Li Lei"), li_lei), compare(Person("李磊"), li_lei)
(['name'], [])
>>> compare(Person("Li Lei", birth_date="1991-02-28"), li_lei)
[]
"""

from typing import NamedTuple

from . import hanzi, names

#: code of a reason -> how much it says, in points; from SURE on it is all but certain
WEIGHTS = {"document": 100, "birth_name": 90, "email": 70, "phone": 60, "birth_part": 50, "name": 30}
SURE = 90


class Person(NamedTuple):
    """What two guests are compared by; what is not known is empty."""

    name: str = ""
    phone: str = ""  #: in E.164
    email: str = ""
    birth_date: object = None  #: date or ISO text, the same kind on both sides
    gender: str = ""


def compare(new: Person, old: Person) -> list[str]:
    """Return the codes of what makes two persons alike, the strongest first.

    A name alone says nothing where birth date or gender are known and differ.

    >>> compare(Person("Ana Silva", email="ANA@x.pt"), Person("Silva Ana", email="ana@x.pt"))
    ['email', 'name']
    >>> compare(Person("Ana Costa", birth_date=1), Person("Ana Silva", birth_date=1))
    ['birth_part']
    >>> compare(Person("王伟", birth_date=1), Person("王玮", birth_date=1))
    ['birth_name']
    >>> compare(Person("王伟", gender="male"), Person("Wang Wei", gender="female"))
    []
    """
    found = []
    if new.email and new.email.lower() == (old.email or "").lower():
        found.append("email")
    if new.phone and new.phone == old.phone:
        found.append("phone")
    same_birth = bool(new.birth_date and new.birth_date == old.birth_date)
    if same_birth and is_same_name(new.name, old.name, by_sound=True):
        found.append("birth_name")
    elif same_birth and has_common_word(new.name, old.name):
        found.append("birth_part")
    elif not is_contradicted(new, old) and is_same_name(new.name, old.name):
        found.append("name")
    return sorted(found, key=lambda code: -WEIGHTS[code])


def is_contradicted(new: Person, old: Person) -> bool:
    """Return whether birth date or gender are known of both and differ."""
    return any(one and two and one != two for one, two in zip(new[3:], old[3:], strict=True))


def is_same_name(new: str, old: str, by_sound: bool = False) -> bool:
    """Return whether two names are one, in any order of words, in characters or in pinyin.

    :param by_sound: also where both are in characters, different ones that are read alike

    >>> is_same_name("Wang Wei", "王伟"), is_same_name("王薇", "王伟"), is_same_name("José Gil", "GIL, Jose")
    (True, False, True)
    """
    if not set(whole_tokens(new)) & set(whole_tokens(old)):
        return False
    mine, yours = _characters(new), _characters(old)
    return by_sound or not mine or not yours or bool(mine & yours)


def has_common_word(new: str, old: str) -> bool:
    """Return whether two names share a word of three letters or more.

    >>> has_common_word("Ana Costa", "Ana Maria Silva"), has_common_word("Li Yu", "Li Na")
    (True, False)
    """
    mine, yours = ({w for w in names.fold(name).split() if len(w) > 2} for name in (new, old))
    return bool(mine & yours)


def is_last_name(typed: str, name: str) -> bool:
    """Return whether somebody who types this knows the last name of a guest, or the whole name.

    >>> [is_last_name(typed, "Ana Maria Costa") for typed in ("costa", "Maria Costa", "COSTA, Ana Maria", "Ana", "-")]
    [True, True, True, False, False]
    >>> [is_last_name(typed, "王桂兰") for typed in ("王", "wang", "王桂兰", "Wang Guilan", "桂兰")]
    [True, True, True, True, False]
    >>> is_last_name("obrien", "Seán O’Brien"), is_last_name("欧阳", "欧阳修"), is_last_name("Wang", "WANG Wei")
    (True, True, True)
    >>> is_last_name("", ""), is_last_name("Costa", ""), is_last_name("x" * 5000, "Ana")
    (False, False, False)
    """
    wanted, words = names.fold((typed or "")[: names.MAX_TEXT]), names.fold(name).split()
    if not wanted or not words:
        return False
    accepted = {" ".join(words[at:]) for at in range(1 if len(words) > 1 else 0, len(words))}
    if len(words) > 1 and (name or "").split()[0].strip(",").isupper():
        accepted.add(words[0])
    if hanzi.is_personal(words):
        surname, _given = hanzi.split_chinese("".join(words))
        accepted |= {surname, *(reading for reading, _initials in hanzi.read_surname(surname))}
    return wanted in accepted or is_same_name(wanted, name)


def whole_tokens(name: str) -> list[str]:
    """Return the look-up tokens of all of a name; at most a dozen.

    >>> whole_tokens("Wang Wei")
    ['wang wei', 'wei wang', 'wangwei', 'weiwang']
    """
    return [token for kind, token in names.name_tokens(name) if kind == names.WHOLE]


def score(codes: list[str]) -> int:
    """Return how much all reasons say together, in points.

    >>> score(["phone", "name"]) >= SURE, score(["phone"]) >= SURE
    (True, False)
    """
    return sum(WEIGHTS[code] for code in codes)


def _characters(name):
    """The runs of Chinese, Japanese or Korean characters in a name."""
    return {run for run in hanzi.find_runs(names.fold(name)) if hanzi.has_cjk(run)}
