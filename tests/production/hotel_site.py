"""A whole hotel as it would stand in production, made from a database of the tests, on loopback.

PostgreSQL with the configuration of setup/configure and everything that makes it safe (fsync), a role that is no
superuser, a streaming replica, Odoo with workers on two addresses, the jobs apart, nginx with TLS.
"""

import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

from servers import ROOT, Cluster, Nginx, Odoo, find_nginx
from units import Unit, get_ordinary_user, give

HOSTS = ("127.0.0.1", "127.0.0.2")
DOMAIN = "localhost"


def get_free_port(count=3):
    """Return a port with free neighbours."""
    for port in range(21000, 29000, 7):
        try:
            for number in range(port, port + count):
                for host in HOSTS:
                    with socket.socket() as probe:
                        probe.bind((host, number))
        except OSError:
            continue
        return port
    raise AssertionError("no free port")


class Site:
    """The parts, started one by one; ``close`` stops all of them and removes what they wrote."""

    def __init__(self, database, filestore, key_file):
        self.database, self.filestore = database, pathlib.Path(filestore)
        # not below a home: another user runs PostgreSQL
        self.place = pathlib.Path(tempfile.mkdtemp(prefix="hotel-site-", dir="/tmp"))
        self.place.chmod(0o755)
        # of Odoo (and of its websockets, two further), of nginx, of a mail server
        self.port = get_free_port(6)
        self.https, self.smtp = self.port + 3, self.port + 5
        self.parts, self.user = [], get_ordinary_user()
        self.key_file = self.place / "identity.pem"
        shutil.copy(key_file, self.key_file)
        self.key_file.chmod(0o600)
        give(self.key_file, self.user)
        self.primary = Cluster(self.place / "primary", 5433)
        self.replica = Cluster(self.place / "replica", 5434)

    def configure(self, name="conf", *arguments):
        """Make the configuration by the command that an administrator uses; return its folder."""
        out = self.place / name
        command = [sys.executable, str(ROOT / "setup/production/configure.py"), "--self-signed", "--out", out]
        command += ["--database", "hotel", "--db-host", self.primary.place, "--db-port", self.primary.port]
        command += ["--data", self.place / "data", "--key-file", self.key_file, "--place", self.place / "nginx"]
        command += ["--port", self.port, "--listen-http", f"127.0.0.1:{self.https + 1}"]
        command += ["--listen-https", f"127.0.0.1:{self.https}", "--venv", pathlib.Path(sys.prefix)]
        command += ["--conf", out / "odoo.conf", "--user", self.user.pw_name]
        command += ["--cores", 2, "--memory", 4096, *arguments]
        subprocess.run([*map(str, command)], check=True, capture_output=True)
        give(out / "odoo.conf", self.user)
        return out

    def get_unit(self, conf, name="hotel-crm"):
        """Return a service of a configuration."""
        return Unit(conf / f"{name}.service", kept=[self.place])

    def add(self, part):
        """Start a part and remember to stop it."""
        part.start()
        self.parts.append(part)
        return part

    def make_database(self, conf):
        """Start the primary and copy the database into it, owned by a role that is no superuser."""
        self.primary.make(conf / "postgresql.conf")
        self.primary.start("-c", "fsync=off", "-c", "max_wal_size=8GB")  # only while it is filled
        self.parts.append(self.primary)
        self.primary.sql("CREATE ROLE odoo LOGIN")
        self.primary.sql("CREATE DATABASE hotel OWNER odoo TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C'")
        for query in (
            "CREATE EXTENSION unaccent",
            "CREATE EXTENSION pg_trgm",
            "CREATE EXTENSION pg_stat_statements",
            # what a dump does not carry, and indexes need
            "ALTER FUNCTION unaccent(text) IMMUTABLE",
        ):
            self.primary.sql(query, "hotel")
        dump = self.place / "dump"
        subprocess.run(["pg_dump", "-Fc", "-Z0", "-f", str(dump), self.database], check=True)
        dump.chmod(0o644)
        self.primary.run(
            "pg_restore", "-h", self.primary.place, "-p", self.primary.port, "-U", "postgres", "-d", "hotel",
            "-j2", "--no-owner", "--no-comments", "--role=odoo", dump,
        )
        dump.unlink()
        self.primary.stop()
        self.primary.start()
        store = self.place / "data/filestore/hotel"
        store.parent.mkdir(parents=True, exist_ok=True)
        if self.filestore.exists():
            shutil.copytree(self.filestore, store)
        else:
            store.mkdir()
        give(self.place / "data", self.user)
        self.filled_at = time.time()

    def add_odoo(self, conf, name, *arguments, interface="127.0.0.1"):
        """Start an Odoo that serves at an address."""
        more = (f"--http-interface={interface}", *arguments)
        log = self.place / f"{name}.log"
        return self.add(Odoo(self.get_unit(conf), log, *more, interface=interface, port=self.port))

    def add_jobs(self, conf, *arguments):
        """Start the jobs apart."""
        return self.add(Odoo(self.get_unit(conf, "hotel-crm-cron"), self.place / "jobs.log", *arguments))

    def add_nginx(self, conf):
        """Start nginx with TLS; None where there is no nginx."""
        program = find_nginx()
        return program and self.add(Nginx(program, conf / "nginx-alone.conf", self.place / "nginx", self.https))

    def run_script(self, conf, text, **environment):
        """Run Python in ``odoo shell`` on the primary; return what it prints."""
        unit = self.get_unit(conf)
        program, *options = unit.command
        command = unit.wrap([program, "shell", *options, "--no-http", "--log-level=error"])
        done = subprocess.run(
            command, input=text, env={**unit.environment, **environment}, cwd="/",
            capture_output=True, text=True, check=False, timeout=300,
        )
        if done.returncode or "Traceback" in done.stderr:
            raise AssertionError(done.stderr[-3000:])
        return done.stdout

    @property
    def url(self):
        return f"https://127.0.0.1:{self.https}"

    def close(self):
        for part in reversed(self.parts):
            part.end()
        kept = pathlib.Path(os.environ.get("PROJECT_VAR", ROOT / "var")) / "site-logs"
        kept.mkdir(parents=True, exist_ok=True)
        for log in self.place.glob("*.log"):
            shutil.copy(log, kept)
        shutil.rmtree(self.place, ignore_errors=True)
