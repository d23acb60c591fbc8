"""Signatures of requests to and from an SMS gateway. Plain Python.

The sender signs the moment and the body with the shared secret; the receiver refuses what is old or was changed.

>>> sign("secret", "1780000000", b"{}")[:12]
'f2dadf9ad789'
>>> is_signed("secret", "1780000000", b"{}", sign("secret", "1780000000", b"{}"), 1780000100)
True
>>> is_signed("secret", "1780000000", b"{}", sign("secret", "1780000000", b"{}"), 1780009999)
False
"""

import hashlib
import hmac

#: seconds that two clocks may differ, and a request may be under way
TOLERANCE = 300


def sign(secret: str, moment: str, body: bytes) -> str:
    """Return the signature of a body at a moment (seconds since 1970, as text)."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def is_signed(secret: str, moment: str, body: bytes, signature: str, now: float) -> bool:
    """Return whether a body was signed with the secret, just now.

    >>> is_signed("secret", "soon", b"", "", 0), is_signed("", "0", b"", sign("", "0", b""), 0)
    (False, False)
    """
    if not (secret and moment.isascii() and moment.isdecimal()) or abs(now - int(moment)) > TOLERANCE:
        return False
    return hmac.compare_digest(sign(secret, moment, body).encode(), signature.encode())
