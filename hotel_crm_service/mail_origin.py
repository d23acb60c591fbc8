"""Tells an e-mail that a person wrote from one that a program sent. Plain Python: no Odoo.

Answering a program by a program never ends, so whatever may be one is not answered (RFC 3834, section 2).
"""

import re
from email.utils import parseaddr

#: headers that programs alone set, whatever they say
OF_PROGRAMS = (
    "List-Id", "List-Unsubscribe", "List-Post", "X-Autoreply", "X-Autorespond", "X-Autoresponse", "X-Loop",
    "X-Auto-Response-Suppress", "X-Failed-Recipients", "Feedback-ID",
)  # fmt: skip
PRECEDENCES = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
#: senders behind whom nobody reads
NOBODY = re.compile(
    r"(mailer-?daemon|postmaster|no-?reply|do-?not-?reply|bounces?|auto-?(reply|confirm|mailer))\b", re.IGNORECASE
)


def is_answerable(message):
    """Return whether a person may have written an e-mail, so that a program may answer it.

    :param email.message.Message message: as it came
    :rtype: bool

    >>> from email import message_from_string as read
    >>> is_answerable(read("From: ana@example.com\\nSubject: No heating\\n\\nIt is cold."))
    True
    >>> is_answerable(read("From: ana@example.com\\nAuto-Submitted: auto-replied\\n\\nI am away."))
    False
    >>> is_answerable(read("From: ana@example.com\\nAuto-Submitted: no\\n\\nHello"))
    True
    >>> is_answerable(read("Return-Path: <>\\nFrom: MAILER-DAEMON@example.com\\n\\nUndelivered"))
    False
    >>> is_answerable(read("From: no-reply@example.com\\n\\nHello"))
    False
    """
    if (message.get("Auto-Submitted") or "no").split(";")[0].strip().lower() != "no":
        return False
    if (message.get("Precedence") or "").strip().lower() in PRECEDENCES or any(name in message for name in OF_PROGRAMS):
        return False
    if message.get_content_type() in ("multipart/report", "message/delivery-status"):
        return False
    if "Return-Path" in message and not parseaddr(message["Return-Path"])[1]:
        return False
    address = parseaddr(message.get("From") or "")[1]
    return bool(address) and not NOBODY.match(address.partition("@")[0])
