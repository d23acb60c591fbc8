"""Whether there is room for what is about to be written, asked before anything is."""
import functools
import os
import pathlib
import shutil

from .problems import BackupError
from .snapshot import connect

GB = 1e9
#: GB that stay free on each disk whatever is written
RESERVE = 1
#: what a compressed dump has of the size of its database at most; indexes, which grow most, are not in it
DUMP_SHARE = 0.5
#: what is unpacked has of the size of its archive at most: pictures and PDF hardly shrink
UNPACKED = 2
#: where its data is on Debian and most others, for a role that may not ask
DEBIAN = ("/var/lib/postgresql", "/var/lib/pgsql")
LOCAL = "SELECT inet_server_addr() IS NULL OR inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1'"


def check(needs, task, reserve=RESERVE):
    """Refuse a task for which a disk has no room.

    :param needs: (folder, bytes) for all that is written; a folder that is None is on another machine
    :param str task: begins the sentence
    :param float reserve: GB that have to be left
    :raise BackupError: says what is needed, and what is free where
    """
    disks = {}
    for folder, size in needs:
        if folder is not None:
            place = _existing(folder)
            disk = disks.setdefault(os.stat(place).st_dev, [place, 0, []])
            disk[1] += size
            disk[2].append(str(folder))
    for place, size, folders in disks.values():
        free = shutil.disk_usage(place).free
        if size + reserve * GB > free:
            raise BackupError(
                f"{task} needs {_tell(size)} and {_tell(reserve * GB)} to spare on the disk of "
                f"{', '.join(dict.fromkeys(folders))}, where {_tell(free)} are free: make room first. "
                "Nothing was changed.")


def measure(database) -> int:
    """Return the bytes that a database takes, indexes and all."""
    return _ask(database, "SELECT pg_database_size(current_database())")[0]


def measure_files(folder) -> int:
    """Return the bytes of all files below a folder."""
    return sum(os.lstat(os.path.join(where, name)).st_size for where, _folders, names in os.walk(folder)
               for name in names)


def find_data(ask):
    """Return where PostgreSQL keeps its data; None where that is on another machine, or cannot be told.

    :param ask: runs a query of one row and returns it
    """
    if not ask(LOCAL)[0]:
        return None
    told = ask("SELECT pg_has_role('pg_read_all_settings', 'member')")[0]
    folders = [ask("SHOW data_directory")[0]] if told else DEBIAN
    return next((pathlib.Path(folder) for folder in folders if os.path.exists(folder)), None)


def need_for_backup(options, hotel):
    """Return what a backup writes: a dump, the database of the proof, the sealed files."""
    size, files = measure(hotel.database), measure_files(hotel.filestore)
    dump = int(size * DUMP_SHARE)
    return [
        (hotel.filestore.parent.parent / "backup-work", dump + files),
        (_find_data(), size),  # the database of the proof
        (options.folder, dump + files),
    ]


def need_for_restore(stated, hotel):
    """Return what a restore writes, by the manifest of the backup."""
    dump, files = (stated["parts"][key]["plain_size"] for key in ("database", "files"))
    size = stated.get("database_size") or int(dump / DUMP_SHARE) * 2
    return [
        (hotel.filestore.parent.parent, dump + files),
        (hotel.filestore.parent, files * UNPACKED),
        (_find_data(), size),
    ]


def need_for_upgrade(hotel):
    """Return what an upgrade writes: a copy of the database, and as much for tables that are written anew."""
    return [(_find_data(), 2 * measure(hotel.database))]


def _existing(folder):
    """Return a folder, or what there is above it."""
    folder = pathlib.Path(folder).absolute()
    return next(place for place in (folder, *folder.parents) if place.exists())


def _find_data():
    return find_data(functools.partial(_ask, "postgres"))


def _tell(size):
    return f"{size / GB:,.1f} GB" if size >= GB else f"{size / 1e6:,.0f} MB"


def _ask(database, query):
    connection = connect(database)
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()
    finally:
        connection.close()
