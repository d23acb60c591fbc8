"""The key file: RSA private keys outside the database, and what they wrap.

Plain Python, no Odoo. The first key of the PEM file wraps, all of them unwrap, so
that the pair is exchanged without a moment in which nothing can be read: ``addkey``,
wrap all keys again (button "Wrap Again" on the screen of keys), ``dropold``.

Command line: ``python keyfile.py newkey|addkey|dropold|show PATH``.
"""
import base64
import binascii
import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterable
from typing import NamedTuple

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

RSA_BITS = 3072
PEM_END = b'-----END '


class VaultError(Exception):
    """Anything that keeps the vault from opening; the message holds no secret."""


class KeyMissing(VaultError):
    """There is no key file, or a key version that a value needs is unknown."""


class KeyFileUnsafe(VaultError):
    """The key file can be read or changed by people who must not."""


class WrongKey(VaultError):
    """The key file is sound, but a key was wrapped for another RSA pair."""


class Damaged(VaultError):
    """A value, a wrapped key or the key file is not what was written."""


class WrappedKey(NamedTuple):
    """One key as the database keeps it.

    :param purpose: ``data`` (AES-256-GCM) or ``index`` (HMAC-SHA256)
    :param version: 1, 2, ... within the purpose
    :param state: ``active`` (writes use it), ``retiring`` (still in use by
        stored values), ``retired`` (kept for old backups only)
    :param blob: base64 of the RSA-OAEP-SHA256 wrapping
    :param fingerprint: of the RSA public key that it is wrapped for
    """
    purpose: str
    version: int
    state: str
    blob: str
    fingerprint: str


_OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)


def _fingerprint(public_key) -> str:
    """First 128 bits of the SHA-256 of the public key (DER), as hex digits."""
    der = public_key.public_bytes(serialization.Encoding.DER,
                                  serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()[:32]


class KeyFile:
    """The RSA private keys of one PEM file: the first wraps, all of them unwrap."""

    def __init__(self, private_keys: Iterable):
        self._private = {_fingerprint(key.public_key()): key for key in private_keys}
        if not self._private:
            raise Damaged("The key file holds no private key.")
        self.fingerprint = next(iter(self._private))
        self.fingerprints = tuple(self._private)

    @classmethod
    def from_pem(cls, pem: bytes) -> 'KeyFile':
        """Read one or several concatenated PEM private keys.

        :raise Damaged: when there is none, one is unreadable, or it is not RSA
            of at least 2048 bits
        """
        keys = []
        for block in _split_pem(pem):
            try:
                key = serialization.load_pem_private_key(block, password=None)
            except (ValueError, TypeError) as error:
                raise Damaged("The key file is damaged: not a readable PEM private key.") from error
            if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < 2048:
                raise Damaged("The key file must hold RSA keys of at least 2048 bits.")
            keys.append(key)
        return cls(keys)

    @classmethod
    def load(cls, path: str) -> 'KeyFile':
        """Read the key file at ``path``.

        :raise KeyMissing: no such file, or it cannot be read
        :raise KeyFileUnsafe: others than owner and group may read it, or others
            than the owner may write it
        :raise Damaged: see :meth:`from_pem`
        """
        try:
            with open(path, 'rb') as file:
                mode = os.fstat(file.fileno()).st_mode
                pem = file.read(1 << 20)
        except OSError as error:
            raise KeyMissing(f"The key file {path} cannot be read: {error.strerror}.") from error
        if mode & (stat.S_IRWXO | stat.S_IWGRP):
            raise KeyFileUnsafe(f"The key file {path} is open to other users of the machine. "
                                f"Run: chmod 600 {path}")
        return cls.from_pem(pem)

    def wrap(self, key: bytes) -> str:
        """Wrap 32 bytes for the first RSA key; base64."""
        public = self._private[self.fingerprint].public_key()
        return base64.b64encode(public.encrypt(key, _OAEP)).decode()

    def unwrap(self, wrapped: WrappedKey) -> bytes:
        """The 32 bytes of a wrapped key.

        :raise WrongKey: it was wrapped for an RSA key that is not in the file
        :raise Damaged: it was altered since
        """
        private = self._private.get(wrapped.fingerprint)
        what = f"The {wrapped.purpose} key version {wrapped.version}"
        if private is None:
            raise WrongKey(f"{what} was wrapped for the RSA key {wrapped.fingerprint}, "
                           f"the key file holds {', '.join(self.fingerprints)}.")
        try:
            key = private.decrypt(base64.b64decode(wrapped.blob, validate=True), _OAEP)
        except (ValueError, binascii.Error) as error:
            raise Damaged(f"{what} is damaged in the database.") from error
        if len(key) != 32:
            raise Damaged(f"{what} has not 256 bits.")
        return key

    def new_key(self, purpose: str, version: int) -> WrappedKey:
        """A fresh random key, wrapped, in state active."""
        return WrappedKey(purpose, version, 'active', self.wrap(os.urandom(32)), self.fingerprint)

    def rewrap(self, wrapped: WrappedKey) -> WrappedKey:
        """The same key wrapped for the first RSA key of this file.

        >>> old = new_private_pem(bits=2048)
        >>> key = KeyFile.from_pem(old).new_key('data', 1)
        >>> both = KeyFile.from_pem(new_private_pem(bits=2048) + old)
        >>> new = both.rewrap(key)
        >>> new.fingerprint != key.fingerprint, both.unwrap(new) == both.unwrap(key)
        (True, True)
        """
        return wrapped._replace(blob=self.wrap(self.unwrap(wrapped)), fingerprint=self.fingerprint)


def new_private_pem(bits: int = RSA_BITS) -> bytes:
    """A fresh RSA private key, PEM (PKCS#8, not encrypted)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                             serialization.NoEncryption())


def _split_pem(pem: bytes) -> list[bytes]:
    blocks, lines = [], []
    for line in pem.splitlines(keepends=True):
        lines.append(line)
        if line.startswith(PEM_END):
            blocks.append(b''.join(lines))
            lines = []
    if b''.join(lines).strip():
        raise Damaged("The key file is damaged: it ends in the middle of a key.")
    return blocks


def write_new_key(path: str) -> str:
    """Create a key file (mode 0600) and return the fingerprint of its key.

    :raise FileExistsError: there is something at ``path``: never overwritten
    """
    pem = new_private_pem()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, 'wb') as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    return KeyFile.from_pem(pem).fingerprint


def _replace(path: str, pem: bytes) -> KeyFile:
    """Exchange the content of a key file in one step, keeping owner and mode."""
    key_file, old = KeyFile.from_pem(pem), os.stat(path)
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(os.path.abspath(path)))
    try:
        with os.fdopen(descriptor, 'wb') as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, stat.S_IMODE(old.st_mode))
        if os.geteuid() == 0:
            os.chown(temporary, old.st_uid, old.st_gid)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    return key_file


def _read(path: str) -> bytes:
    KeyFile.load(path)
    with open(path, 'rb') as file:
        return file.read()


def main(arguments: list[str]) -> int:
    """Command line; returns the exit status."""
    usage = ("usage: python vault.py COMMAND PATH\n"
             "  newkey   create a key file; refuses to overwrite\n"
             "  addkey   put a new RSA key first; the old ones stay readable until re-wrapped\n"
             "  dropold  keep only the first RSA key (after all keys were re-wrapped)\n"
             "  show     print the fingerprints, first the one in use")
    if len(arguments) != 2 or arguments[0] not in ('newkey', 'addkey', 'dropold', 'show'):
        print(usage, file=sys.stderr)
        return 2
    command, path = arguments
    try:
        if command == 'newkey':
            fingerprints = [write_new_key(path)]
        elif command == 'addkey':
            fingerprints = _replace(path, new_private_pem() + _read(path)).fingerprints
        elif command == 'dropold':
            fingerprints = _replace(path, _split_pem(_read(path))[0]).fingerprints
        else:
            fingerprints = KeyFile.load(path).fingerprints
    except FileExistsError:
        print(f"{path} exists: a key file is never overwritten.", file=sys.stderr)
        return 1
    except (OSError, VaultError) as error:
        print(error, file=sys.stderr)
        return 1
    print('\n'.join(fingerprints))
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
