"""Permits that only code can give: no remote caller can forge them.

A context travels with every remote call, so a context key with a plain value protects
nothing. These objects do: what arrives from outside is text, numbers, lists and mappings,
never one of them::

    consents.with_context(hotel_merge=guards.MERGE).write({"partner_id": survivor.id})

>>> is_given({"hotel_merge": MERGE}, MERGE)
True
>>> is_given({"hotel_merge": True}, MERGE), is_given({}, MERGE)
(False, False)
>>> import copy
>>> copy.deepcopy(MERGE) is MERGE
True
>>> get_source({"hotel_log_source": Source("import")}), get_source({"hotel_log_source": "import"})
('import', None)
"""


class Permit:
    """A permit, known by its identity; ``key`` is its name in a context."""

    __slots__ = ("key",)

    def __init__(self, key: str):
        self.key = key

    def __repr__(self):
        return f"<permit {self.key}>"

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        raise TypeError("A permit does not travel.")


class Source(str):
    """Where changes come from, said by code: ``import``, ``cron``, ``system`` ..."""

    __slots__ = ()


#: a merge re-points append-only rows to the guest that remains
MERGE = Permit("hotel_merge")
#: the erasure of a guest's data deletes what is else kept
ERASURE = Permit("hotel_erasure")
#: a set-based path writes log entries and look-up tokens itself, for all rows at once
BULK = Permit("hotel_bulk")
#: a manager lets guests leave who have something to pay
OPEN_BALANCE = Permit("hotel_open_balance")


def is_given(context, permit: Permit) -> bool:
    """Return whether a context carries this very permit."""
    return context.get(permit.key) is permit


def get_source(context) -> str | None:
    """Return where changes come from, if code said so."""
    source = context.get("hotel_log_source")
    return source if isinstance(source, Source) else None
