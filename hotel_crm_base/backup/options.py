"""The file that says where backups go: ``hotel_crm_backup_conf`` in odoo.conf names it.

::

    [backup]
    folder = /var/backups/hotel
    recipients = /etc/odoo/backup.asc
    key_recipients = /etc/odoo/owner.asc
    key_folder = /var/backups/hotel-keys
    remote = sftp://backup@vault.example:22/hotel
    ssh_key = /etc/odoo/backup_ed25519
    known_hosts = /etc/odoo/known_hosts
    daily = 7
    weekly = 5
    monthly = 12
    hour = 2
    reserve = 1
"""
import configparser
import dataclasses
import pathlib

from .problems import BackupError
from .room import RESERVE

DEFAULTS = {"daily": 7, "weekly": 5, "monthly": 12, "hour": 2, "reserve": RESERVE}
#: least and most of each number; 1 to 999 where nothing is said
BOUNDS = {"hour": (0, 23), "reserve": (0, 9_999_999)}


@dataclasses.dataclass(frozen=True)
class Options:
    """Where backups go, who may open them, how long they are kept.

    :param folder: of the backups; a disk of its own
    :param recipients: file with the public keys that backups are sealed for (OpenPGP, or age)
    :param key_recipients: the same for the key file: somebody else's, or None: it is not copied
    :param key_folder: where copies of the key file go
    :param remote: empty, a path, ``sftp://`` or ``rsync://`` (over ssh) with user, host, port and path
    :param ssh_key: private key for the remote, known_hosts: its host key
    :param daily: number of days, weeks and months of which the newest backup is kept
    :param hour: of the day (UTC) from which on the daily backup is due
    :param reserve: GB that a backup leaves free on each disk
    """

    folder: pathlib.Path
    recipients: pathlib.Path
    key_recipients: "pathlib.Path | None" = None
    key_folder: "pathlib.Path | None" = None
    remote: str = ""
    ssh_key: str = ""
    known_hosts: str = ""
    daily: int = DEFAULTS["daily"]
    weekly: int = DEFAULTS["weekly"]
    monthly: int = DEFAULTS["monthly"]
    hour: int = DEFAULTS["hour"]
    reserve: int = DEFAULTS["reserve"]

    @property
    def log_folder(self) -> pathlib.Path:
        """Where each attempt says how it went."""
        return self.folder / "log"


def read_options(path) -> Options:
    """Return what a file says.

    :raise BackupError: it cannot be read, or something is missing or unknown
    """
    parser = configparser.ConfigParser(interpolation=None)
    try:
        with open(path, encoding="utf-8") as file:
            parser.read_file(file)
    except (OSError, configparser.Error, UnicodeDecodeError) as error:
        raise BackupError(f"The backup configuration {path} cannot be read: {error}") from error
    values = dict(parser["backup"]) if parser.has_section("backup") else {}
    known = {field.name for field in dataclasses.fields(Options)}
    if unknown := sorted(set(values) - known):
        raise BackupError(f"{path} says {', '.join(unknown)}, which there is not.")
    if missing := sorted({"folder", "recipients"} - {name for name, value in values.items() if value}):
        raise BackupError(f"{path} does not say {', '.join(missing)}.")
    for name in ("folder", "recipients", "key_recipients", "key_folder"):
        values[name] = pathlib.Path(values[name]).expanduser() if values.get(name) else None
    for name in DEFAULTS:
        values[name] = _read_number(path, name, values.get(name, DEFAULTS[name]))
    return Options(**values)


def _read_number(path, name, value) -> int:
    least, most = BOUNDS.get(name, (1, 999))
    if not str(value).isdigit() or not least <= int(value) <= most:
        raise BackupError(f"{path} says {name} = {value}, which is no such number.")
    return int(value)
