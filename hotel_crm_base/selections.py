"""Selections that say what another model's say, in the language of whoever looks.

A list is translated by Odoo; what a function returns is not. So a report's field asks the field that it shows.
"""

from collections.abc import Callable


def same_as(model: str, name: str) -> Callable:
    """Return what a selection field is made with, so that it has the values and labels of another one.

    :param model: whose field it is
    :param name: of the field
    """
    return lambda self: self.env[model]._fields[name]._description_selection(self.env)
