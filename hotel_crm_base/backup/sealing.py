"""Encryption to public keys, by gpg or age: what is sealed here is opened elsewhere."""
import contextlib
import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile

from .problems import BackupError, Sealed

SUFFIXES = {"gpg": ".gpg", "age": ".age"}
CHUNK = 1 << 20


def find_tool(recipients) -> str:
    """Return which tool a file of public keys is for.

    :raise BackupError: the file cannot be read, holds no public key, or the tool is not there
    """
    try:
        head = pathlib.Path(recipients).read_bytes()[:4096]
    except OSError as error:
        raise BackupError(f"The public key {recipients} cannot be read: {error.strerror}.") from error
    if b"PRIVATE KEY BLOCK" in head or b"AGE-SECRET-KEY" in head:
        raise BackupError(f"{recipients} is a secret key: it opens backups. Name the public one.")
    lines = [line.strip() for line in head.splitlines()]
    if b"PGP PUBLIC KEY BLOCK" in head:
        tool = "gpg"
    elif any(line.startswith((b"age1", b"ssh-ed25519 ", b"ssh-rsa ")) for line in lines):
        tool = "age"
    else:
        raise BackupError(f"{recipients} holds no public key: export one by gpg --armor --export, or age-keygen -y.")
    if not shutil.which(tool):
        raise BackupError(f"{recipients} is a key of {tool}, which is not here: nothing is written unencrypted.")
    return tool


def seal(tool, recipients, plain, sealed):
    """Encrypt a file for the owners of public keys.

    :raise BackupError: the tool says no
    """
    with _gpg_home() as home:
        if tool == "gpg":
            command = ["gpg", "--batch", "--yes", "--quiet", "--no-options", "--trust-model", "always",
                       "--compress-algo", "none", "--recipient-file", recipients, "--output", sealed,
                       "--encrypt", plain]
        else:
            command = ["age", "--encrypt", "--recipients-file", recipients, "--output", sealed, plain]
        done = _run(command, home)
    if done.returncode:
        raise BackupError(f"{tool} did not seal {pathlib.Path(plain).name}: {done.stderr.strip()[-300:]}")
    os.chmod(sealed, 0o600)


def unseal(sealed, plain, secret=None):
    """Decrypt a file.

    :param secret: file with the secret key; None: gpg's own ring of the user
    :raise Sealed: this key does not open it, or it was altered
    """
    tool = "age" if str(sealed).endswith(".age") else "gpg"
    if not shutil.which(tool):
        raise BackupError(f"{sealed} was sealed by {tool}, which is not here.")
    if tool == "age" and not secret:
        raise Sealed(f"{sealed} was sealed by age: name the file of the secret key.")
    with _gpg_home(wanted=bool(secret)) as home:
        if tool == "gpg":
            if secret:
                _import(secret, home)
            command = ["gpg", "--batch", "--yes", "--quiet", "--no-options", "--output", plain, "--decrypt", sealed]
        else:
            command = ["age", "--decrypt", "--identity", secret, "--output", plain, sealed]
        done = _run(command, home)
    if done.returncode:
        pathlib.Path(plain).unlink(missing_ok=True)
        raise Sealed(f"{pathlib.Path(sealed).name} was not opened by this secret key: {done.stderr.strip()[-300:]}")


def hash_file(path) -> tuple[str, int]:
    """Return SHA-256 (hex digits) and size of a file."""
    digest, size = hashlib.sha256(), 0
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _import(secret, home):
    done = _run(["gpg", "--batch", "--quiet", "--no-options", "--import", secret], home)
    if done.returncode:
        raise Sealed(f"{secret} is no secret key that gpg takes: {done.stderr.strip()[-300:]}")


@contextlib.contextmanager
def _gpg_home(wanted=True):
    """A ring that lives for one command, below /tmp: the agent's socket takes no long path. Its agent ends with it."""
    if not wanted:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="hotel-gpg-", dir="/tmp") as home:  # noqa: S108
        try:
            yield home
        finally:
            if shutil.which("gpgconf"):
                _run(["gpgconf", "--kill", "all"], home)


def _run(command, home):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", **({"GNUPGHOME": home} if home else {})}
    return subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, errors="replace",
        env=environment, stdin=subprocess.DEVNULL,
    )
