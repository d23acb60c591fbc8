"""From a running hotel to a proven, sealed backup that is copied away."""
import contextlib
import fcntl
import json
import os
import pathlib
import shutil
import time
from typing import NamedTuple

from . import files, manifest, room, rotation, scratch, sealing
from .integrity import read_queries
from .problems import BackupError
from .remote import get_remote
from .snapshot import Snapshot


class Hotel(NamedTuple):
    """What is saved: a database, the folder of its files, the key file, where PostgreSQL's programs lie."""

    database: str
    filestore: pathlib.Path
    key_file: "str | None" = None
    pg_path: "str | None" = None


def make(options, hotel, now) -> dict:
    """Make one backup, prove it by a restore, copy it away, let old ones go.

    :param Options options: where and for whom
    :param float now: seconds since 1970
    :returns: what the log of this backup says
    :raise BackupError: it was not made; the log says so, too
    """
    options.log_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _only_one(options):
        name = rotation.make_name(hotel.database, now)
        log = {"name": name, "database": hotel.database, "state": "running", "pid": os.getpid(), "started": now}
        _write_log(options, log)
        try:
            _clear(options, hotel)
            room.check(room.need_for_backup(options, hotel), "A backup", options.reserve)
            stated = _make_whole(options, hotel, name, now)
            log.update(state="good", size=_size_of(options.folder / name), rows=stated["verified"]["rows"],
                       tables=len(stated["tables"]), missing_files=stated["missing_files"],
                       problems=sum(stated["problems"].values()))
        except BaseException as error:
            shutil.rmtree(options.folder / f"{name}.part", ignore_errors=True)
            known = isinstance(error, (BackupError, OSError))
            log.update(state="failed", error=str(error) if known else type(error).__name__)
            raise
        else:
            log.update(_copy_key(options, hotel), **_send(options, name, hotel.database))
        finally:
            log["seconds"] = round(time.time() - now, 1)
            _write_log(options, log)
        _rotate(options, hotel.database)
    return log


def _make_whole(options, hotel, name, now):
    tool = sealing.find_tool(options.recipients)
    part = options.folder / f"{name}.part"
    part.mkdir(mode=0o700)
    with _work(hotel, name) as work:
        stated, queries, names = _take(hotel, name, work)
        stated["made_at"] = now
        stated["verified"] = _verify(hotel, name, work, stated, queries, names)
        stated["parts"] = {
            key: _seal(tool, options, work / plain, part) for key, plain in (
                ("database", "database.dump"), ("files", "files.tar.gz"))
        }
    manifest.write(part, stated, hotel.key_file if manifest.get_fingerprints(hotel.key_file) else None)
    part.rename(options.folder / name)
    return stated


def _take(hotel, name, work):
    with Snapshot(hotel.database) as snapshot:
        facts = snapshot.describe()
        queries = read_queries(facts["modules"])
        names = snapshot.list_files()
        held, missing = files.gather(names, hotel.filestore, work / "files")
        stated = {
            "format": manifest.FORMAT, "name": name, "database": hotel.database, **facts,
            "tables": snapshot.count_rows(), "problems": snapshot.count_problems(queries),
            "files": held, "missing_files": missing,
        }
        snapshot.dump(work / "database.dump", hotel.pg_path)
    files.pack(work / "files", work / "files.tar.gz")
    return stated, queries, names


def _verify(hotel, name, work, stated, queries, names):
    """Restore what was taken into a database that ends with this, and compare."""
    started = time.monotonic()
    database = f"{hotel.database}_verify_{rotation.made_at(name):%Y%m%d%H%M%S}"
    scratch.load(work / "database.dump", database, stated, hotel.pg_path)
    try:
        rows = scratch.compare(database, stated["tables"], stated["problems"], queries)
    finally:
        scratch.drop(database, hotel.pg_path)
    lost = files.check_archive(work / "files.tar.gz", names)
    if lost != stated["missing_files"]:
        raise BackupError(f"{lost} files are not in the archive.")
    return {"rows": rows, "seconds": round(time.monotonic() - started, 1)}


def _seal(tool, options, plain, part):
    digest, size = sealing.hash_file(plain)
    sealed = part / (plain.name + sealing.SUFFIXES[tool])
    sealing.seal(tool, options.recipients, plain, sealed)
    plain.unlink()
    sealed_digest, sealed_size = sealing.hash_file(sealed)
    return {"file": sealed.name, "size": sealed_size, "sha256": sealed_digest,
            "plain_size": size, "plain_sha256": digest}


def _copy_key(options, hotel):
    """Seal the key file for its own keeper, once for each state of it."""
    fingerprints = manifest.get_fingerprints(hotel.key_file)
    if not fingerprints:
        return {"key": "none"}
    if not options.key_recipients or not options.key_folder:
        return {"key": "apart"}   # the administrator keeps it elsewhere
    try:
        tool = sealing.find_tool(options.key_recipients)
        digest = sealing.hash_file(hotel.key_file)[0][:16]
        options.key_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        sealed = options.key_folder / f"identity-{fingerprints[0][:16]}-{digest}.pem{sealing.SUFFIXES[tool]}"
        if not sealed.exists():
            sealing.seal(tool, options.key_recipients, hotel.key_file, sealed)
    except (BackupError, OSError) as error:
        return {"key": "failed", "key_error": str(error)}
    return {"key": "copied"}


def _send(options, name, database):
    """Copy the backup away. That it cannot be is no reason to have no backup: the log says it."""
    try:
        remote = get_remote(options)
        if remote is None:
            return {"remote": "none"}
        remote.put(options.folder / name)
        there = [known for known in remote.names() if _is_of(known, database)]
        for old in sorted(set(there) - rotation.find_kept(there, options.daily, options.weekly, options.monthly)):
            remote.remove(old)
    except (BackupError, OSError) as error:
        return {"remote": "failed", "remote_error": str(error)}
    return {"remote": "copied"}


def _rotate(options, database):
    """Let backups go that are older than what is kept, and logs of those that are gone after a year."""
    names = [path.name for path in options.folder.iterdir() if path.is_dir() and _is_of(path.name, database)]
    kept = rotation.find_kept(names, options.daily, options.weekly, options.monthly)
    for name in set(names) - kept:
        shutil.rmtree(options.folder / name)
    logs = sorted((path for path in options.log_folder.glob("*.json") if _is_of(path.stem, database)),
                  key=lambda path: rotation.made_at(path.stem))
    for path in logs[:-400]:
        if path.stem not in kept:
            path.unlink()


def _is_of(name, database) -> bool:
    return bool(
        name.startswith(f"{database}-") and rotation.made_at(name) and name[len(database) + 1:].count("-") == 0)


@contextlib.contextmanager
def _only_one(options):
    with open(options.folder / ".lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupError(f"Another backup is being made in {options.folder}.") from error
        yield


@contextlib.contextmanager
def _work(hotel, name):
    """A folder for what is not sealed yet, on the disk where the same data lies open anyway."""
    work = hotel.filestore.parent.parent / "backup-work" / name
    shutil.rmtree(work, ignore_errors=True)
    (work / "files").mkdir(parents=True, mode=0o700)
    os.chmod(work, 0o700)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _clear(options, hotel):
    """Remove what a backup left that was killed; nobody else is at work here now."""
    for path in options.folder.glob(f"{hotel.database}-*.part"):
        shutil.rmtree(path)
    for path in (hotel.filestore.parent.parent / "backup-work").glob(f"{hotel.database}-*"):
        shutil.rmtree(path)
    for database in scratch.find_databases(f"{hotel.database}_verify_"):
        scratch.drop(database, hotel.pg_path)
    for path in options.log_folder.glob(f"{hotel.database}-*.json"):
        log = json.loads(path.read_text())
        if log["state"] == "running" and log["pid"] != os.getpid():
            _write_log(options, {**log, "state": "failed", "error": "It was broken off."})


def _write_log(options, log):
    path = options.log_folder / f"{log['name']}.json"
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(log, indent=1))
    temporary.replace(path)


def _size_of(folder):
    return sum(file.stat().st_size for file in folder.iterdir())


def is_at_work(options) -> bool:
    """Return whether a backup is being made into this folder."""
    if not options.log_folder.is_dir():
        return False
    try:
        with _only_one(options):
            return False
    except BackupError:
        return True


def read_logs(options, database) -> list[dict]:
    """Return what the attempts at backups of a database say, oldest first; one that cannot be read says nothing."""
    logs = []
    for path in sorted(options.log_folder.glob(f"{database}-*.json")):
        if _is_of(path.stem, database):
            with contextlib.suppress(OSError, ValueError):
                logs.append(json.loads(path.read_text()))
    return logs
