"""The files beside the database: gathered at the moment of the snapshot, packed later."""
import hashlib
import os
import pathlib
import re
import shutil
import tarfile

from .problems import BackupError, Damaged

SHA1 = re.compile("[0-9a-f]{40}")


def gather(names, filestore, into) -> tuple[int, int]:
    """Hold the named files of a filestore by hard links, so that none goes while they are packed.

    Files of a filestore are never changed, only removed. Where links are not possible they are copied.

    :returns: number of files, and of those that are not there
    """
    filestore, into = pathlib.Path(filestore), pathlib.Path(into)
    missing = 0
    for name in names:
        source, target = filestore / name, into / name
        if not _is_inside(source, filestore):
            raise BackupError("The database names a file outside its filestore.")
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except FileNotFoundError:
            missing += 1
        except OSError:
            shutil.copy2(source, target)
    return len(names) - missing, missing


def pack(folder, path):
    """Write all files below a folder into a compressed archive, in the order of their names."""
    folder = pathlib.Path(folder)
    with tarfile.open(path, "w:gz", compresslevel=3) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.add(file, file.relative_to(folder).as_posix(), recursive=False)


def unpack(path, into) -> int:
    """Unpack an archive of files into a new folder; return their number.

    :raise Damaged: it is no such archive, or leads out of the folder
    """
    into = pathlib.Path(into)
    into.mkdir(parents=True)
    count = 0
    try:
        with tarfile.open(path, "r:gz") as archive:
            for member in archive:
                if not member.isfile() or not _is_inside(into / member.name, into):
                    raise Damaged("The archive of files holds what is no file of a filestore.")
                member.mode = 0o600
                archive.extract(member, into, set_attrs=False)
                count += 1
    except (tarfile.TarError, EOFError, OSError) as error:
        raise Damaged(f"The archive of files is damaged: {error}") from error
    return count


def check_archive(path, names) -> int:
    """Read an archive through; return how many of the named files it lacks.

    :raise Damaged: it cannot be read, or the content of a file is not what its name (SHA-1) says
    """
    left = set(names)
    try:
        with tarfile.open(path, "r:gz") as archive:
            for member in archive:
                _check_content(archive.extractfile(member), member.name)
                left.discard(member.name)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise Damaged(f"The archive of files is damaged: {error}") from error
    return len(left)


def _check_content(file, name):
    wanted = name.rsplit("/", 1)[-1]
    digest = hashlib.sha1(usedforsecurity=False)
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    if SHA1.fullmatch(wanted) and digest.hexdigest() != wanted:
        raise Damaged(f"The file {wanted[:8]}... is not what its name says: it was damaged on the disk.")


def _is_inside(path, folder) -> bool:
    return pathlib.Path(os.path.normpath(path)).is_relative_to(os.path.normpath(folder))
