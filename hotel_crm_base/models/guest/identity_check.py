"""Who reads identity data has said who he or she is a short while ago: an open browser is not enough."""

import functools
import time

from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.base.models.res_users import check_identity

MINUTES_PARAMETER = "hotel_crm_base.identity_check_minutes"
MINUTES_DEFAULT = 10
#: Odoo's own question is answered for so long
MINUTES_MOST = 10


def get_minutes(env):
    """Return for how many minutes an answer holds; 0 where nobody is asked.

    :rtype: int
    """
    # parameters are closed to staff
    text = env["ir.config_parameter"].sudo().get_param(MINUTES_PARAMETER) or ""
    return min(int(text), MINUTES_MOST) if text.isdecimal() else MINUTES_DEFAULT


def is_fresh(env):
    """Whether the user has said who he or she is lately; jobs and scripts are not asked."""
    minutes = get_minutes(env)
    if not request or not minutes:
        return True
    return request.session.get("identity-check-last", 0) > time.time() - minutes * 60


def check_fresh(env):
    """Refuse identity data to a browser that was left open.

    :raises UserError: the user has not said lately who he or she is
    """
    if not is_fresh(env):
        raise UserError(env._("Please confirm your password or passkey first: open the document and ask for it there."))


def asks_identity(method):
    """Make the action of a button ask for the password or passkey first, where that is some minutes ago."""
    asking = check_identity(method)

    @functools.wraps(method)
    def asked(self, *args, **kwargs):
        if is_fresh(self.env):
            return method(self, *args, **kwargs)
        request.session.pop("identity-check-last", None)
        return asking(self, *args, **kwargs)

    asked.__has_check_identity = True
    return asked
