"""The server's log names nobody: addresses, and what was typed as a login, are left out of what Odoo writes there.

Who signed in, and who tried, is told by the log of sign-ins (``hotel.sign.in``): only some may read it, and it ends.
"""

import logging
import re

ADDRESS = re.compile(r"[^\s<>\"'(),;:=]+@[^\s<>\"'(),;:]+")
# it may be a password that came into the wrong field
TYPED = re.compile(r"(?<= for login:).*(?= from )", re.DOTALL)
#: what of Odoo writes logins and addresses down
LOGGERS = (
    *("odoo.addons.base.models.res_users", "odoo.addons.base.models.ir_mail_server", "odoo.sql_db"),
    *("odoo.addons.auth_signup.controllers.main", "odoo.addons.auth_signup.models.res_users"),
    *("odoo.addons.auth_totp.models.res_users", "odoo.addons.auth_totp_mail.models.res_users"),
    *("odoo.addons.mail.models.mail_mail", "odoo.addons.mail.models.mail_thread"),
)


def hide_names(text: str) -> str:
    """Return a line of the log without addresses and logins.

    >>> hide_names("Login failed for login:my secret from 192.0.2.7")
    'Login failed for login:*** from 192.0.2.7'
    >>> hide_names("Signup email sent for user <ana@example.com> to <Ana.Silva+hotel@example.com>")
    'Signup email sent for user <***> to <***>'
    >>> hide_names("DETAIL:  Key (login)=(ana@example.com) already exists.")
    'DETAIL:  Key (login)=(***) already exists.'
    >>> hide_names("GC'd 5 user log entries")
    "GC'd 5 user log entries"
    """
    return ADDRESS.sub("***", TYPED.sub("***", text))


class NameFilter(logging.Filter):
    """Takes names out of what is written by one logger."""

    def filter(self, record):
        record.msg, record.args = hide_names(record.getMessage()), ()
        return True


def install():
    """Have all that Odoo's loggers write filtered, once in a process."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(each, NameFilter) for each in logger.filters):
            logger.addFilter(NameFilter())
