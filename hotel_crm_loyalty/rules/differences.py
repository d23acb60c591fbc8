"""Two states of a programme compared: what differs, by its place.

Records with a code are the same where the code is, wherever they stand; others by their place in the list.

>>> before = {"tiers": [{"code": "silver", "price": "5"}, {"code": "gold"}]}
>>> after = {"tiers": [{"code": "gold", "price": "9"}, {"code": "silver", "price": "5"}], "code": "x"}
>>> for change in find_differences(before, after):
...     print(change.path, change.before, change.after, change.place)
('tiers',) ['silver', 'gold'] ['gold', 'silver'] ('tiers',)
('tiers', 'gold', 'price') None 9 ('tiers', 0, 'price')
('code',) None x ('code',)
"""

from typing import Any, NamedTuple


class Change(NamedTuple):
    """One place that differs; None is what is not there. Lists in another order are told by their codes."""

    path: tuple  #: field names, codes of records and places in lists without codes
    before: Any
    after: Any
    place: tuple  #: the same with numbers, in the later state, or in the earlier one where it is gone
    is_gone: bool = False  #: ``place`` is of the earlier state


def find_differences(before: dict, after: dict) -> list[Change]:
    """Return what differs between two programmes as plain data (see ``loader.to_plain``)."""
    return list(_compare(before, after, (), ()))


def _compare(before, after, path, place):
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(name for name in after if name not in before)]:
            is_gone = name not in after
            for change in _compare(before.get(name), after.get(name), (*path, name), (*place, name)):
                yield change._replace(is_gone=True) if is_gone else change
    elif _is_coded(before) and _is_coded(after):
        yield from _compare_coded(before, after, path, place)
    elif _is_records(before) and _is_records(after):
        for at in range(max(len(before), len(after))):
            one, other = (found[at] if at < len(found) else None for found in (before, after))
            yield from _compare(one, other, (*path, at), (*place, at))
    else:
        yield Change(path, before, after, place)


def _compare_coded(before, after, path, place):
    old, new = ({record["code"]: (at, record) for at, record in enumerate(found)} for found in (before, after))
    if [code for code in old if code in new] != [code for code in new if code in old]:
        yield Change(path, list(old), list(new), place)
    for code in [*new, *(code for code in old if code not in new)]:
        _at, one = old.get(code, (0, None))
        at, other = new.get(code, (old.get(code, (0, None))[0], None))
        for change in _compare(one, other, (*path, code), (*place, at)):
            yield change._replace(is_gone=True) if other is None else change


def _is_records(value):
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _is_coded(value):
    if not _is_records(value) or not value:
        return False
    codes = [item.get("code") for item in value]
    return all(isinstance(code, str) for code in codes) and len(set(codes)) == len(codes)
