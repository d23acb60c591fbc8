"""The commands: make, inspect, load, place, discard, list, problems, room. Those of `setup/` call them."""
import argparse
import json
import pathlib
import sys

from . import make, manifest, restore, room, rotation
from .integrity import read_queries
from .options import read_options
from .problems import BackupError
from .snapshot import Snapshot

COMMANDS = ("make", "inspect", "load", "place", "discard", "list", "problems", "room")


def main(arguments, now) -> int:
    """Run one command; problems are one sentence.

    :param list arguments: of the command line
    :param float now: seconds since 1970
    :returns: exit status
    """
    asked = _parse(arguments)
    hotel = make.Hotel(asked.database, pathlib.Path(asked.data_dir, "filestore", asked.database),
                       asked.key_file, asked.pg_path)
    try:
        answer = globals()[f"_{asked.command}"](asked, hotel, now)
    except (BackupError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(json.dumps(answer, indent=1) + "\n")
    return 0


def _parse(arguments):
    parser = argparse.ArgumentParser(prog="backup")
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--database", required=True)
    parser.add_argument("--data-dir", required=True, help="Odoo's data_dir, of which filestore/DATABASE is saved")
    parser.add_argument("--conf", help="where backups go")
    parser.add_argument("--key-file", help="of the identity numbers")
    parser.add_argument("--pg-path", help="folder of PostgreSQL's programs")
    parser.add_argument("--backup", help="folder of one backup")
    parser.add_argument("--into", help="name of a new database")
    parser.add_argument("--aside", help="name that the present database gets")
    parser.add_argument("--secret", help="file with the secret key that opens backups")
    parser.add_argument("--reserve", type=float, default=room.RESERVE, help="GB that stay free on each disk")
    return parser.parse_args(arguments)


def _make(asked, hotel, now):
    return make.make(read_options(asked.conf), hotel, now)


def _inspect(asked, hotel, _now):
    return restore.inspect(pathlib.Path(asked.backup), hotel)


def _load(asked, hotel, _now):
    stated = restore.inspect(pathlib.Path(asked.backup), hotel)
    return {"rows": restore.load(pathlib.Path(asked.backup), hotel, stated, asked.into, asked.secret,
                                 asked.reserve)}


def _place(asked, hotel, _now):
    restore.take_place(asked.into, hotel, asked.aside)
    return {"database": hotel.database}


def _discard(asked, hotel, _now):
    restore.discard(asked.into, hotel)
    return {"removed": asked.into}


def _list(asked, _hotel, _now):
    folder = read_options(asked.conf).folder
    found = [path for path in folder.iterdir() if rotation.made_at(path.name)] if folder.is_dir() else []
    return [manifest.read(path)[0]["name"] for path in sorted(found)]


def _problems(_asked, hotel, _now):
    """Count what the integrity queries find, before and after an upgrade."""
    with Snapshot(hotel.database) as snapshot:
        return snapshot.count_problems(read_queries(snapshot.describe()["modules"]))


def _room(asked, hotel, _now):
    """See that an upgrade has room for the copy that it falls back to."""
    needs = room.need_for_upgrade(hotel)
    room.check(needs, "The upgrade", asked.reserve)
    return {"needed": sum(size for _folder, size in needs)}
