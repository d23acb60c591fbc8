"""What a backup says about itself, and whether that is true."""
import hashlib
import hmac
import json
import pathlib

from ..keyfile import KeyFile, VaultError
from .problems import BackupError, Damaged
from .sealing import hash_file

FORMAT = 1
FILE, MAC = "manifest.json", "manifest.mac"


def write(folder, manifest, key_file=None):
    """Write the manifest, and who wrote it where there is a key file to say so with."""
    text = json.dumps(manifest, indent=1, sort_keys=True).encode()
    if key_file:
        (folder / MAC).write_text(_digest(text, key_file))
    (folder / FILE).write_bytes(text)


def read(folder, key_file=None) -> tuple[dict, "bool | None"]:
    """Return a manifest, and whether a holder of the key file wrote it; None: that cannot be told.

    :raise BackupError: there is none, or it is of another format
    :raise Damaged: it was altered
    """
    folder = pathlib.Path(folder)
    try:
        text = (folder / FILE).read_bytes()
        manifest = json.loads(text)
        stated = manifest["format"]
    except FileNotFoundError as error:
        raise BackupError(f"{folder} is no backup: it has no {FILE}.") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{folder / FILE} cannot be read: it was damaged.") from error
    if stated != FORMAT:
        raise BackupError(f"{folder} is a backup of format {stated}, this version reads format {FORMAT}.")
    return manifest, _is_own(folder, text, manifest, key_file)


def check_parts(folder, manifest):
    """Compare all files of a backup with what its manifest says, before anything is opened.

    :raise Damaged: one misses, is cut off, or was altered
    """
    for part in manifest["parts"].values():
        path = pathlib.Path(folder, part["file"])
        if path.name != part["file"]:
            raise Damaged("The manifest names a file outside the backup.")
        if not path.is_file():
            raise Damaged(f"{path.name} is missing: the backup is incomplete.")
        digest, size = hash_file(path)
        if size != part["size"]:
            raise Damaged(f"{path.name} has {size:,} bytes, not {part['size']:,}: it was cut off or altered.")
        if digest != part["sha256"]:
            raise Damaged(f"{path.name} is not what was written: its SHA-256 differs. Take another copy.")


def get_fingerprints(key_file) -> list[str]:
    """Return the fingerprints of a key file, none where it cannot be read."""
    try:
        return list(KeyFile.load(key_file).fingerprints) if key_file else []
    except VaultError:
        return []


def _is_own(folder, text, manifest, key_file):
    fits = set(get_fingerprints(key_file)) & set(manifest.get("key_fingerprints", ()))
    if not fits or not (folder / MAC).is_file():
        return None
    if not hmac.compare_digest((folder / MAC).read_text().strip(), _digest(text, key_file)):
        raise Damaged(f"{folder / FILE} was not written by this hotel, or was altered since: it is not used.")
    return True


def _digest(text, key_file) -> str:
    """A keyed digest; its key comes from the key file by a one-way function."""
    key = hashlib.sha256(b"hotel backup manifest\0" + pathlib.Path(key_file).read_bytes()).digest()
    return hmac.new(key, text, hashlib.sha256).hexdigest()
