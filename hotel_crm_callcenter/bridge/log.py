"""Logs of one JSON object a line. Calls are named by a digest: no number, no name, no text of a guest.

>>> line = format_line("call.ended", {"call": "1795.1", "number": "+8613912345678", "reason": "busy"}, 5.0)
>>> "13912345678" in line, '"reason": "busy"' in line
(False, True)
"""

import hashlib
import json
import sys
import time

#: what may be said; everything else is left out
ALLOWED = {
    "call", "reason", "cause", "sip", "kind", "path", "status", "error", "count", "node", "state", "seconds",
    "endpoint", "job", "attempt", "file", "wait_s", "adopted",
}  # fmt: skip


def format_line(message: str, facts: dict, moment: float) -> str:
    """Return a line of the log."""
    shown = {name: value for name, value in facts.items() if name in ALLOWED}
    if "call" in shown:
        shown["call"] = hashlib.sha256(str(shown["call"]).encode()).hexdigest()[:10]
    return json.dumps({"t": round(moment, 3), "event": message, **shown}, default=str)


def log(message: str, **facts):
    """Write a line to the error stream."""
    sys.stderr.write(format_line(message, facts, time.time()) + "\n")
    sys.stderr.flush()
