"""What a check of the hotel's health is made of, and what it may find, in words."""

from typing import Any, NamedTuple

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: from the best to the worst
LEVELS = ("ok", "note", "warning", "critical")
AREAS = {
    "software": _lt("Software"),
    "structure": _lt("Structure of the Database"),
    "integrity": _lt("Integrity of the Data"),
    "work": _lt("Jobs and Queues"),
    "machine": _lt("Machine"),
    "backup": _lt("Backups"),
    "settings": _lt("Settings"),
}


class Check(NamedTuple):
    """A check: its area (a key of AREAS), its title, and the method of `hotel.health` that gives its findings.

    ``is_costly``: seconds at a million guests; a job runs it and its result is kept. The others are run when
    somebody looks.
    """

    area: str
    title: Any
    method: str
    is_costly: bool = False


class Finding(NamedTuple):
    """What a check has found: a code of the words, and what they speak of: numbers, technical names, no persons."""

    code: str
    values: dict = {}


class Words(NamedTuple):
    """How bad a finding is, what it says and means, and what to do."""

    level: str
    says: Any
    todo: Any


SOFTWARE = {
    "addon_old": Words(
        "critical",
        _lt("%(names)s: the program is newer than the database, which was not upgraded after it."),
        _lt("Stop the hotel and run setup/upgrade."),
    ),
    "import_missing": Words(
        "warning",
        _lt("Python packages are missing: %(names)s. What needs them falls back without a word, or fails."),
        _lt("Install them as setup/requirements.lock says; setup/run does."),
    ),
    "postgresql_old": Words(
        "warning",
        _lt("PostgreSQL %(version)s gets no corrections any more."),
        _lt("Move to a supported version: back up, install it, restore."),
    ),
}
STRUCTURE = {
    "index_missing": Words(
        "critical",
        _lt("%(count)s indexes are missing or broken: %(names)s. Look-ups are slow, and what must be there once may be "
            "there twice."),
        _lt("Upgrade the addons (setup/upgrade): missing indexes are made. If one cannot be made, the log of the "
            "server says which rows stand against it."),
    ),
    "constraint_missing": Words(
        "critical",
        _lt("%(count)s constraints are missing: %(names)s. The database no longer refuses what must never happen."),
        _lt("Upgrade the addons (setup/upgrade). If one cannot be made, the log says which rows stand against it: "
            "mend these first."),
    ),
    "trigger_missing": Words(
        "critical",
        _lt("Guards of append-only tables are missing: %(names)s. Entries could be changed without a trace."),
        _lt("Upgrade the addons (setup/upgrade), and find out who removed them."),
    ),
    "extension_missing": Words(
        "critical",
        _lt("The database lacks %(names)s: guests are not found by parts of their names."),
        _lt("As owner of the database: CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent; ALTER FUNCTION "
            "unaccent(text) IMMUTABLE; then upgrade the addons."),
    ),
}
WORK = {
    "job_late": Words(
        "warning",
        _lt("%(count)s jobs are late: %(names)s. The longest is due since %(minutes)s minutes."),
        _lt("See that the server runs jobs (max_cron_threads above 0), and its log for one that takes long."),
    ),
    "jobs_stand": Words(
        "critical",
        _lt("No job has run for %(minutes)s minutes: nothing is sent, released, computed or saved."),
        _lt("See that a server with max_cron_threads above 0 is running on this database."),
    ),
    "job_failing": Words(
        "warning",
        _lt("%(count)s jobs fail: %(names)s."),
        _lt("The log of the server says why. After five failures within a week Odoo switches a job off."),
    ),
    "job_off": Words(
        "critical",
        _lt("%(count)s jobs of the hotel are switched off: %(names)s."),
        _lt("Settings / Technical / Scheduled Actions: switch them on again once the log says why they failed."),
    ),
    "queue_stuck": Words(
        "warning",
        _lt("%(count)s entries wait too long: %(names)s."),
        _lt("See whether the job of that queue is late or failing, and whether the way out (mail server, SMS, other "
            "system) works."),
    ),
    "queue_failed": Words(
        "warning",
        _lt("%(count)s entries failed within a day: %(names)s."),
        _lt("Open their list: each says why. Try again once the cause is gone."),
    ),
    "staging_waits": Words(
        "warning",
        _lt("%(count)s rows of other systems wait to be mended, the oldest for %(hours)s hours: no figure has them."),
        _lt("Open the refused rows of the feeds: each says why. Mend and take them, or drop them with a note."),
    ),
    "neutralized": Words(
        "note",
        _lt("This database is a mute copy: it sends nothing and runs no jobs."),
        _lt("Nothing, if that is meant. To let a restored copy be the hotel, restore it with --live."),
    ),
}
MACHINE = {
    "disk_low": Words(
        "warning",
        _lt("%(free)s GB are free where %(names)s lie (%(percent)s %%)."),
        _lt("Make room: old backups, logs, databases of tests."),
    ),
    "disk_full": Words(
        "critical",
        _lt("Only %(free)s GB are free where %(names)s lie (%(percent)s %%): PostgreSQL stops when nothing is left."),
        _lt("Make room now: old backups, logs, databases of tests."),
    ),
    "key_problem": Words(
        "critical",
        _lt("The key file for identity numbers does not open them: %(reason)s"),
        _lt("Bring back the key file that belongs to this database, mode 0600, owned by the user of the server. "
            "Nothing is lost as long as a copy of it is somewhere."),
    ),
    "key_absent": Words(
        "warning",
        _lt("No key file for identity numbers: documents of guests cannot be recorded."),
        _lt("Make one (hotel_crm_base/keyfile.py newkey PATH), name it in odoo.conf by hotel_crm_key_file, keep a copy "
            "apart."),
    ),
    "files_missing": Words(
        "warning",
        _lt("%(count)s of %(total)s files looked at are named by the database and not on the disk."),
        _lt("Bring the folder filestore of this database back from a backup; see that all servers share it."),
    ),
}
BACKUP = {
    "backup_unset": Words(
        "warning",
        _lt("Nothing says where backups go: none is made."),
        _lt("Make a key on another machine and write the file that hotel_crm_backup_conf names: setup/OPERATIONS.md."),
    ),
    "backup_conf": Words(
        "critical",
        _lt("Backups cannot be made: %(reason)s"),
        _lt("Mend the file that hotel_crm_backup_conf names."),
    ),
    "backup_none": Words(
        "warning",
        _lt("No good backup was made yet."),
        _lt("Configuration / Data / Backups: make one now, and try a restore on another machine."),
    ),
    "backup_late": Words(
        "critical",
        _lt("The last good backup is %(hours)s hours old."),
        _lt("Configuration / Data / Backups says how the last ones went; make one now."),
    ),
    "backup_failed": Words(
        "warning",
        _lt("The last backup failed: %(reason)s"),
        _lt("Mend the cause and make one now: Configuration / Data / Backups."),
    ),
    "backup_shrunk": Words(
        "warning",
        _lt("The last backup has %(now)s MB, the one before had %(before)s MB."),
        _lt("See whether data was deleted that should be there, before old backups go."),
    ),
    "copy_failed": Words(
        "warning",
        _lt("The last backup is good, but was not copied elsewhere: %(reason)s"),
        _lt("See that the other machine is reachable, its host key known, and has room."),
    ),
    "copy_unset": Words(
        "note",
        _lt("Backups stay on this machine: a fire or a thief takes both."),
        _lt("Name a remote in the file that hotel_crm_backup_conf names."),
    ),
}
SETTINGS = {
    "password_default": Words(
        "critical",
        _lt("The account admin has the password admin."),
        _lt("Change it now."),
    ),
    "master_password": Words(
        "critical",
        _lt("The pages that manage databases are open (list_db), and their password is the one that Odoo comes with."),
        _lt("Say list_db = False in odoo.conf."),
    ),
    "database_list": Words(
        "warning",
        _lt("The pages that manage databases are open to everybody (list_db)."),
        _lt("Say list_db = False in odoo.conf."),
    ),
    "no_dbfilter": Words(
        "warning",
        _lt("No db_name and no dbfilter: a visitor may choose among the databases of this server."),
        _lt("Say db_name = %(database)s in odoo.conf."),
    ),
    "no_proxy": Words(
        "warning",
        _lt("Guests reach the hotel by HTTPS, but proxy_mode is off: their addresses and links in mails are wrong."),
        _lt("Say proxy_mode = True in odoo.conf; only the proxy may reach the port of Odoo."),
    ),
    "no_tls": Words(
        "critical",
        _lt("The address of the hotel (web.base.url) is %(scheme)s: passwords and data of guests travel open."),
        _lt("Put a proxy with TLS in front (setup/README.md) and set web.base.url to the https address."),
    ),
    "debug_on": Words(
        "warning",
        _lt("The server runs for developers (%(names)s): it is slow, and tells visitors about its inside."),
        _lt("Start it without --dev and without tests."),
    ),
    "demo_data": Words(
        "warning",
        _lt("Demo data of Odoo is installed, with accounts whose passwords everybody knows."),
        _lt("Never use this database for a hotel: make one without demo data."),
    ),
}
WORDS = {**SOFTWARE, **STRUCTURE, **WORK, **MACHINE, **BACKUP, **SETTINGS}
