"""Envelope encryption for values that must not be readable in the database.

Plain Python, no Odoo. Three layers:

* an RSA key pair whose private half lives in a PEM file *outside* the database;
* data keys (AES-256) and index keys (HMAC), both with versions, kept in the
  database only wrapped by RSA-OAEP-SHA256;
* tokens ``v<N>:<base64>``: AES-256-GCM with a random nonce under data key N. The
  name of the field is authenticated, so a token moved to another field is refused.

Equal values are found and kept unique by a *blind index*, ``<N>:<32 hex digits>``:
HMAC-SHA256 over field name and normalised value, cut to 128 bits.

>>> pair = KeyFile.from_pem(new_private_pem(bits=2048))
>>> ring = Keyring(pair, [pair.new_key('data', 1), pair.new_key('index', 1)])
>>> token = ring.encrypt('G12345678', 'doc.number')
>>> token[:3], ring.decrypt(token, 'doc.number')
('v1:', 'G12345678')
>>> ring.decrypt(token, 'doc.other')  # doctest: +IGNORE_EXCEPTION_DETAIL
Traceback (most recent call last):
...
Damaged: The encrypted value in doc.other is damaged or belongs to another field.
>>> ring.blind('G12345678', 'doc.number') == ring.blind('G12345678', 'doc.number')
True

Command line: ``python vault.py newkey|addkey|dropold|show PATH``.
"""
import base64
import binascii
import hmac
import os
import sys
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if __package__:
    from .keyfile import (
        Damaged,
        KeyFile,
        KeyFileUnsafe,
        KeyMissing,
        VaultError,
        WrappedKey,
        WrongKey,
        main,
        new_private_pem,
        write_new_key,
    )
else:   # run as a program, before Odoo is installed
    from keyfile import (
        Damaged,
        KeyFile,
        KeyFileUnsafe,
        KeyMissing,
        VaultError,
        WrappedKey,
        WrongKey,
        main,
        new_private_pem,
        write_new_key,
    )

__all__ = ['Damaged', 'KeyFile', 'KeyFileUnsafe', 'KeyMissing', 'Keyring', 'VaultError',
           'WrappedKey', 'WrongKey', 'main', 'new_private_pem', 'token_version', 'write_new_key']

NONCE = 12


class Keyring:
    """Encrypts, decrypts and indexes values with the keys that the database keeps.

    Keys are unwrapped when first needed, so one broken key only stops the values
    that need it. An instance is immutable in effect: build a new one on changes.
    """

    def __init__(self, key_file: KeyFile, wrapped_keys: Iterable[WrappedKey]):
        self._file = key_file
        self._wrapped = {(key.purpose, key.version): key for key in wrapped_keys}
        self._open = {}
        self.active = {key.purpose: key.version for key in sorted(self._wrapped.values())
                       if key.state == 'active'}
        self.live_index = [key.version for key in sorted(self._wrapped.values(), reverse=True)
                           if key.purpose == 'index' and key.state != 'retired']

    def _key(self, purpose: str, version: int):
        opened = self._open.get((purpose, version))
        if opened is None:
            wrapped = self._wrapped.get((purpose, version))
            if wrapped is None:
                raise KeyMissing(f"The {purpose} key version {version} is not in the database.")
            raw = self._file.unwrap(wrapped)
            opened = AESGCM(raw) if purpose == 'data' else raw
            self._open[purpose, version] = opened
        return opened

    def _active(self, purpose: str) -> int:
        try:
            return self.active[purpose]
        except KeyError:
            raise KeyMissing(f"There is no active {purpose} key.") from None

    def encrypt_bytes(self, plain: bytes, field: str) -> bytes:
        """``v<N>:`` and the raw cipher text; for scans and other files.

        :param field: ``model.field`` that the value belongs to, authenticated
        """
        version = self._active('data')
        nonce = os.urandom(NONCE)
        sealed = self._key('data', version).encrypt(nonce, plain, field.encode())
        return b'v%d:%s%s' % (version, nonce, sealed)

    def decrypt_bytes(self, sealed: bytes, field: str) -> bytes:
        """The inverse of :meth:`encrypt_bytes`.

        :raise KeyMissing: its key version is unknown
        :raise WrongKey: its key is wrapped for another RSA pair
        :raise Damaged: the value was altered or belongs to another field
        """
        head, _colon, body = sealed.partition(b':')
        damaged = Damaged(f"The encrypted value in {field} is damaged or belongs to another field.")
        if head[:1] != b'v' or not head[1:].isdigit() or len(head) > 10 or len(body) < NONCE + 16:
            raise damaged
        try:
            return self._key('data', int(head[1:])).decrypt(body[:NONCE], body[NONCE:], field.encode())
        except InvalidTag:
            raise damaged from None

    def encrypt(self, plain: str, field: str) -> str:
        """The token ``v<N>:<base64>`` of a text."""
        head, _colon, body = self.encrypt_bytes(plain.encode(), field).partition(b':')
        return f'{head.decode()}:{base64.b64encode(body).decode()}'

    def decrypt(self, token: str, field: str) -> str:
        """The text of a token; raises as :meth:`decrypt_bytes`."""
        head, _colon, body = token.partition(':')
        try:
            raw = base64.b64decode(body, validate=True)
            sealed = head.encode('ascii') + b':' + raw
        except (ValueError, binascii.Error):
            raise Damaged(f"The encrypted value in {field} is damaged.") from None
        return self.decrypt_bytes(sealed, field).decode()

    def blind(self, value: str, field: str, version: int | None = None) -> str:
        """Blind index of an already normalised value, under the active index key.

        :raise ValueError: the value is empty: equal emptiness is no identity
        """
        if not value:
            raise ValueError("An empty value has no blind index.")
        if version is None:
            version = self._active('index')
        message = field.encode() + b'\0' + value.encode()
        digest = hmac.digest(self._key('index', version), message, 'sha256')
        return f'{version}:{digest[:16].hex()}'

    def blinds(self, value: str, field: str) -> list[str]:
        """Blind indexes under every live index key, newest first; for look-ups."""
        return [self.blind(value, field, version) for version in self.live_index]

    def is_current(self, token: str) -> bool:
        """Whether a token was made with the active data key."""
        return token_version(token) == self._active('data')

    def is_current_index(self, blind: str) -> bool:
        """Whether a blind index was made with the active index key."""
        return token_version(blind) == self._active('index')


def token_version(token: str) -> int:
    """Key version of a token or blind index; 0 when it has none.

    >>> [token_version(t) for t in ('v2:abcd', '11:00ff', 'vx:', '', 'plain')]
    [2, 11, 0, 0, 0]
    """
    head, colon, _body = token.partition(':')
    head = head.removeprefix('v')
    return int(head) if colon and head.isascii() and head.isdigit() and len(head) < 10 else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
