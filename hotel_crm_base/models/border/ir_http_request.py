"""Odoo's own pages for visitors and guests fail on what no link of theirs sends: that is refused as what it is."""

import functools
import inspect

from werkzeug.exceptions import BadRequest

from odoo import fields, models
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

#: parameters of lists in the portal: days, and choices among what a list offers
DAYS = ("date_begin", "date_end")
CHOICES = ("sortby", "filterby", "groupby", "search_in")


@functools.cache
def get_required(function):
    """Return the names of parameters that a route cannot do without.

    >>> sorted(get_required(lambda self, number, page=1, **more: None))
    ['number']
    """
    plain = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    # what wraps a function may bring parameters of its own
    parameters = list(inspect.signature(function, follow_wrapped=False).parameters.values())[1:]
    return frozenset(each.name for each in parameters if each.default is each.empty and each.kind in plain)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        """Refuse a request that lacks a parameter of its page, or names a day or a choice that there is not."""
        function = getattr(endpoint, "original_endpoint", None)
        if function and get_required(function) - request.params.keys():
            raise BadRequest()
        if not isinstance(getattr(getattr(endpoint, "func", None), "__self__", None), CustomerPortal):
            return super()._dispatch(endpoint)
        for name in DAYS:
            try:
                fields.Datetime.to_datetime(request.params.get(name))
            except ValueError:
                raise BadRequest() from None
        try:
            return super()._dispatch(endpoint)
        except KeyError as error:
            chosen = [request.params[name] for name in CHOICES if name in request.params]
            if error.args and error.args[0] in chosen:
                raise BadRequest() from None
            raise
