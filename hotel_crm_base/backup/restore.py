"""From a sealed backup to a database of another name, which takes the hotel's place when it has passed its checks."""
import pathlib
import shutil
import tempfile

from . import files, manifest, room, scratch, sealing
from .integrity import read_queries
from .problems import BackupError, Damaged


def inspect(folder, hotel) -> dict:
    """Return the manifest of a backup whose files are all what it says; nothing is opened.

    :raise BackupError: it is none, or it is damaged; a sentence says which
    """
    stated, is_own = manifest.read(folder, hotel.key_file)
    manifest.check_parts(folder, stated)
    return {**stated, "is_own": is_own, "lost": describe_loss(stated, hotel.key_file)}


def describe_loss(stated, key_file) -> str:
    """Return what cannot be read after a restore with this key file, a sentence; empty: nothing."""
    wanted = set(stated.get("key_fingerprints", ()))
    if not wanted or wanted & set(manifest.get_fingerprints(key_file)):
        return ""
    encrypted = stated["tables"].get("hotel_guest_document", 0)
    return (f"The key file that this backup needs is not here ({', '.join(sorted(wanted))}): the numbers and scans of "
            f"{encrypted:,} identity documents and the sealed buyers of invoices stay unreadable, and documents cannot "
            "be found by their number. All else is restored. Bring the key file back to read them: nothing is deleted.")


def load(folder, hotel, stated, database, secret=None, reserve=room.RESERVE) -> int:
    """Restore a backup into a new database and its files beside it; compare both with the manifest.

    :param dict stated: what `inspect` returned
    :param database: the new name, of which there is none yet
    :param secret: file with the secret key, None for gpg's own ring
    :param reserve: GB that are left free on each disk
    :returns: rows in all
    :raise BackupError: it cannot be opened, is damaged, or does not fit; nothing is left then
    """
    filestore = hotel.filestore.parent / database
    if scratch.exists(database) or filestore.exists():
        raise BackupError(f"{database} exists already: a restore overwrites nothing.")
    _check_server(stated, hotel)
    room.check(room.need_for_restore(stated, hotel), "The restore", reserve)
    hotel.filestore.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="restore-", dir=hotel.filestore.parent.parent) as work:
        try:
            scratch.load(_open(folder, stated, "database", work, secret), database, stated, hotel.pg_path)
            found = files.unpack(_open(folder, stated, "files", work, secret), filestore)
            if found != stated["files"]:
                raise Damaged(f"The archive has {found:,} files, not {stated['files']:,}.")
            return scratch.compare(database, stated["tables"], stated["problems"], read_queries(stated["modules"]))
        except BaseException:
            discard(database, hotel)
            raise


def discard(database, hotel):
    """Remove a database that was restored, and its files."""
    scratch.drop(database, hotel.pg_path)
    shutil.rmtree(hotel.filestore.parent / database, ignore_errors=True)


def take_place(database, hotel, aside):
    """Let a restored database be the hotel; what there was keeps its data under another name.

    :raise BackupError: somebody is connected to the hotel, which goes on then
    """
    folder = hotel.filestore.parent
    for name in (hotel.database, database):
        if scratch.exists(name) and scratch.count_connections(name):
            raise BackupError(f"{name} is in use: stop the hotel before another database takes its place.")
    moves = [(database, hotel.database)]
    if scratch.exists(hotel.database):
        moves.insert(0, (hotel.database, aside))
    for source, target in moves:
        scratch.rename(source, target)
        if (folder / source).exists():
            (folder / source).rename(folder / target)
    scratch.hide(hotel.database, False)


def _check_server(stated, hotel):
    major = scratch.get_server_version()
    if major < stated["postgresql"]:
        raise BackupError(f"The backup comes from PostgreSQL {stated['postgresql']}, this server is {major}: "
                          "restore it with that version or a later one.")


def _open(folder, stated, key, work, secret):
    part = stated["parts"][key]
    plain = pathlib.Path(work, key)
    sealing.unseal(pathlib.Path(folder, part["file"]), plain, secret)
    if sealing.hash_file(plain) != (part["plain_sha256"], part["plain_size"]):
        raise Damaged(f"What {part['file']} holds is not what was sealed: its SHA-256 differs.")
    return plain
