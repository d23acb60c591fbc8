"""A database of a few tables and files that backups are tried on: what a backup needs to know is as in Odoo."""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

import psycopg2
from repository import ROOT

TABLES = """
    CREATE EXTENSION pg_trgm;
    CREATE EXTENSION unaccent;
    ALTER FUNCTION unaccent(text) IMMUTABLE;
    CREATE TABLE ir_module_module (name text, latest_version text, state text);
    INSERT INTO ir_module_module VALUES ('hotel_crm_base', '19.0.1.0.0', 'installed');
    CREATE TABLE ir_attachment (id serial PRIMARY KEY, store_fname text);
    CREATE TABLE hotel_data_key (fingerprint text);
    CREATE TABLE hotel_guest_document (number text);
    INSERT INTO hotel_guest_document VALUES ('sealed one'), ('sealed two');
    CREATE TABLE ir_config_parameter (key text UNIQUE, value text);
    CREATE TABLE res_users_apikeys (key text);
    INSERT INTO res_users_apikeys VALUES ('of the PMS');
    CREATE TABLE guest (id serial PRIMARY KEY, name text);
    CREATE INDEX ON guest USING gin (unaccent(name) gin_trgm_ops);
    INSERT INTO guest (name) SELECT 'Zoë ' || n FROM generate_series(1, 1000) n;
"""
FILES = [b"a scan", b"a photo of a room" * 1000, b"an invoice"]
SECRETS = (b"sealed one", b"a scan")


class SmallHotel:
    """A database, its files, its key file, and where its backups go."""

    def __init__(self, name, folder, keys):
        self.name, self.folder, self.keys = name, folder, keys
        self.data, self.store = folder / "data", folder / "store"
        self.filestore = self.data / "filestore" / name
        self.key_file = folder / "identity.pem"
        self.fingerprint = self.run_key_file("newkey")

    def run_key_file(self, command, path=None):
        done = subprocess.run(
            [sys.executable, ROOT / "hotel_crm_base/keyfile.py", command, path or self.key_file],
            capture_output=True, text=True, check=True)
        return done.stdout.split()[0]

    def create(self):
        self.drop()
        subprocess.run(["createdb", "-T", "template0", self.name], check=True)
        self.sql(TABLES)
        self.sql("INSERT INTO hotel_data_key VALUES (%s)", self.fingerprint)
        for content in FILES:
            self.add_file(content)

    def add_file(self, content):
        digest = hashlib.sha1(content).hexdigest()
        path = self.filestore / digest[:2] / digest
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.sql("INSERT INTO ir_attachment (store_fname) VALUES (%s)", f"{digest[:2]}/{digest}")
        return path

    def drop(self):
        listed = self.sql("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", self.name, db="postgres")
        for (name,) in listed:
            self.sql(f'ALTER DATABASE "{name}" IS_TEMPLATE false', db="postgres")
            subprocess.run(["dropdb", "--force", name], check=True)
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.rmtree(self.store, ignore_errors=True)

    def sql(self, query, *values, db=None):
        connection = psycopg2.connect(dbname=db or self.name)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(query, values or None)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def configure(self, **options):
        values = {"folder": self.store, "recipients": self.keys / "public.asc", **options}
        lines = [f"{name} = {value}" for name, value in values.items()]
        (self.folder / "backup.conf").write_text("\n".join(["[backup]", *lines]))

    def command(self, name, **options):
        """Return the words of a command of hotel_crm_base/backup."""
        words = {"database": self.name, "data_dir": self.data, "key_file": self.key_file,
                 "conf": self.folder / "backup.conf", **options}
        listed = [word for key, value in words.items() if value for word in (f"--{key.replace('_', '-')}", str(value))]
        return [sys.executable, str(ROOT / "hotel_crm_base/backup"), name, *listed]

    def run(self, name, **options):
        """Run a command; return its exit status, what it printed and its complaint."""
        done = subprocess.run(self.command(name, **options), capture_output=True, text=True, env=os.environ)
        return done.returncode, done.stdout, done.stderr

    def must(self, name, **options):
        """Run a command that succeeds; return what it printed."""
        status, said, complaint = self.run(name, **options)
        assert status == 0, complaint
        return said

    def make(self):
        """Make a backup; return its folder."""
        self.must("make")
        return self.backups()[-1]

    def backups(self):
        return sorted(path for path in self.store.glob(f"{self.name}-*") if path.is_dir() and path.suffix != ".part")

    def load(self, backup, into, **options):
        return self.run("load", backup=backup, into=into, secret=self.keys / "secret.asc", **options)


def make_openpgp_keys(folder):
    """Make a key pair as an administrator would on another machine."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    gpg = ["gpg", "--homedir", home, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", ""]
    try:
        kind = ("future-default", "default", "never")  # Curve25519: made at once
        subprocess.run([*gpg, "--quick-gen-key", "Backups <b@example.com>", *kind], check=True, capture_output=True)
        for option, name in (("--export", "public.asc"), ("--export-secret-keys", "secret.asc")):
            subprocess.run([*gpg, "--armor", "--output", folder / name, option], check=True, capture_output=True)
    finally:
        subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], check=False)
    return pathlib.Path(folder)
