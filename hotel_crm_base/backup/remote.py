"""Copies elsewhere: by SFTP, by rsync over SSH, or to a folder that another machine lends."""
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile
from urllib.parse import unquote, urlsplit

from .problems import BackupError
from .sealing import hash_file

SAFE = re.compile(r"[\w./~-]+")


def get_remote(options):
    """Return the place that the options name, None where they name none.

    :raise BackupError: it is no such place
    """
    if not options.remote:
        return None
    if "://" not in options.remote:
        return Folder(pathlib.Path(options.remote))
    parts = urlsplit(options.remote)
    kind = {"sftp": Sftp, "rsync": Rsync}.get(parts.scheme)
    path = unquote(parts.path.removeprefix("/~/").removeprefix("/./")) or "."
    if not kind or not parts.hostname or not SAFE.fullmatch(path) or parts.password:
        raise BackupError(
            "The remote of the backups is a folder, sftp://user@host:port/path or rsync://user@host:port/path; "
            "the account is opened by a key (ssh_key), not by a password.")
    return kind(parts, path, options)


class Folder:
    """A folder, which may lie on another machine."""

    def __init__(self, path):
        self.path = path

    def put(self, backup):
        """Copy a backup; it has its name when it is whole, and is read again there."""
        part, whole = self.path / f"{backup.name}.part", self.path / backup.name
        try:
            shutil.rmtree(part, ignore_errors=True)
            shutil.copytree(backup, part)
            if any(hash_file(file) != hash_file(part / file.name) for file in backup.iterdir()):
                raise BackupError(f"The copy in {self.path} differs from the backup.")
            shutil.rmtree(whole, ignore_errors=True)
            part.rename(whole)
        except OSError as error:
            raise BackupError(f"The copy to {self.path} failed: {error}") from error

    def names(self):
        """Return what is there."""
        return [path.name for path in self.path.iterdir() if path.is_dir()] if self.path.is_dir() else []

    def remove(self, name):
        """Remove a backup there."""
        shutil.rmtree(self.path / name)


class Sftp:
    """An account on another machine, by OpenSSH's sftp; the host must be known, nothing is asked."""

    def __init__(self, parts, path, options):
        self.host, self.port, self.path = parts.hostname, parts.port or 22, path
        self.target = f"{parts.username}@{parts.hostname}" if parts.username else parts.hostname
        self.ssh = ["-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "ConnectTimeout=20"]
        if options.ssh_key:
            self.ssh += ["-o", f"IdentityFile={options.ssh_key}", "-o", "IdentitiesOnly=yes"]
        if options.known_hosts:
            self.ssh += ["-o", f"UserKnownHostsFile={options.known_hosts}"]

    def put(self, backup):
        """Copy a backup; it has its name when it is whole. Sizes are compared, and the manifest is read again."""
        part, whole = f"{self.path}/{backup.name}.part", f"{self.path}/{backup.name}"
        self._transfer(backup, part)
        with tempfile.TemporaryDirectory() as folder:
            back = pathlib.Path(folder, "manifest.json")
            listed = self._batch(f"get {part}/manifest.json {shlex.quote(str(back))}", f"ls -ln {part}")
            if hash_file(back) != hash_file(backup / "manifest.json"):
                raise BackupError(f"The copy on {self.host} differs from the backup.")
        sizes = {line.split()[-1].rsplit("/", 1)[-1]: line.split()[4] for line in listed.splitlines()
                 if line.startswith("-")}
        wrong = [file.name for file in backup.iterdir() if sizes.get(file.name) != str(file.stat().st_size)]
        if wrong:
            raise BackupError(f"The copy on {self.host} is not whole: {', '.join(sorted(wrong))}.")
        self._batch(f"rename {part} {whole}")

    def _transfer(self, backup, part):
        self._batch(f"-mkdir {self.path}", f"-mkdir {part}",
                    *(f"put {shlex.quote(str(file))} {part}/{file.name}" for file in sorted(backup.iterdir())))

    def names(self):
        """Return what is there."""
        listed = self._batch(f"ls -1 {self.path}")
        return [line.rsplit("/", 1)[-1] for line in listed.splitlines() if line and not line.startswith("sftp>")]

    def remove(self, name):
        """Remove a backup there."""
        self._batch(f"rm {self.path}/{name}/*", f"rmdir {self.path}/{name}")

    def _batch(self, *lines):
        return self._run(["sftp", "-q", "-b", "-", "-P", str(self.port), *self.ssh, self.target], "\n".join(lines))

    def _run(self, command, text=None):
        try:
            done = subprocess.run(command, input=text, capture_output=True, text=True, errors="replace")
        except FileNotFoundError as error:
            raise BackupError(f"{command[0]} is not here: install it, or name another kind of remote.") from error
        if done.returncode:
            raise BackupError(f"The copy to {self.host} failed: {done.stderr.strip()[-300:]}")
        return done.stdout


class Rsync(Sftp):
    """The same account, but rsync carries the files over SSH: it goes on where it was broken off."""

    def _transfer(self, backup, part):
        self._batch(f"-mkdir {self.path}", f"-mkdir {part}")
        ssh = shlex.join(["ssh", "-p", str(self.port), *self.ssh])
        self._run(["rsync", "--times", "--partial", "--chmod=F600", "-e", ssh,
                   *map(str, sorted(backup.iterdir())), f"{self.target}:{part}/"])
