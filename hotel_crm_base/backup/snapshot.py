"""A database at one moment: what is counted, listed and dumped is the same."""
import os
import pathlib
import subprocess

import psycopg2
from psycopg2 import errors, sql

from .problems import BackupError

TABLES = """
    SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
       AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e') ORDER BY 1"""
EXISTS = "SELECT to_regclass(%s) IS NOT NULL"


class Snapshot:
    """A transaction that others may look through: see PostgreSQL's pg_export_snapshot.

    :param database: reached as libpq's variables say (PGHOST, PGPORT, PGUSER, PGPASSWORD)
    """

    def __init__(self, database):
        self.database = database
        self.connection = connect(database)
        self.connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        self.cursor = self.connection.cursor()
        self.cursor.execute("SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0")
        self.id = self.rows("SELECT pg_export_snapshot()")[0][0]

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.connection.close()

    def rows(self, query, *values):
        """Return the rows of a query."""
        self.cursor.execute(query, values)
        return self.cursor.fetchall()

    def has_table(self, name) -> bool:
        """Return whether there is such a table."""
        return self.rows(EXISTS, name)[0][0]

    def count_rows(self) -> dict[str, int]:
        """Return the number of rows of each table."""
        count = sql.SQL("SELECT count(*) FROM {}")
        return {name: self.rows(count.format(sql.Identifier(name)))[0][0] for (name,) in self.rows(TABLES)}

    def count_problems(self, queries) -> dict[str, int]:
        """Return the result of each query (see `integrity.py` of the addons) whose tables are all there.

        A database of an earlier version may lack what a query of today asks for: then there is nothing to compare.
        """
        found = {}
        for name, (tables, text) in sorted(queries.items()):
            if all(map(self.has_table, tables)):
                self.cursor.execute("SAVEPOINT query")
                try:
                    found[name] = self.rows(text)[0][0]
                except (errors.UndefinedTable, errors.UndefinedColumn):
                    self.cursor.execute("ROLLBACK TO SAVEPOINT query")
        return found

    def list_files(self) -> list[str]:
        """Return the names, within the filestore, of the files that the database names."""
        if not self.has_table("ir_attachment"):
            return []
        return [name for (name,) in self.rows(
            "SELECT DISTINCT store_fname FROM ir_attachment WHERE store_fname IS NOT NULL ORDER BY 1")]

    def describe(self) -> dict:
        """Return versions and settings that a restore needs."""
        encoding, collate, ctype = self.rows(
            "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname = %s",
            self.database)[0]
        modules = self.rows("SELECT name, latest_version FROM ir_module_module WHERE state = 'installed' ORDER BY 1")
        keys = self.rows("SELECT DISTINCT fingerprint FROM hotel_data_key") if self.has_table("hotel_data_key") else []
        return {
            "postgresql": self.connection.server_version // 10000,
            "encoding": encoding, "collate": collate, "ctype": ctype,
            "extensions": [name for (name,) in self.rows(
                "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1")],
            "unaccent_is_immutable": bool(self.rows(
                "SELECT FROM pg_proc WHERE proname = 'unaccent' AND pronargs = 1 AND provolatile = 'i'")),
            "database_size": self.rows("SELECT pg_database_size(current_database())")[0][0],
            "modules": dict(modules),
            "key_fingerprints": sorted(name for (name,) in keys),
        }

    def dump(self, path, pg_path=None):
        """Write pg_dump's custom format, compressed."""
        run_pg("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={self.id}",
               f"--file={path}", self.database, pg_path=pg_path)


def connect(database):
    """Return a connection; where there is none, say so without its address."""
    try:
        return psycopg2.connect(dbname=database)
    except psycopg2.OperationalError as error:
        raise BackupError(f"The database {database} cannot be reached: {str(error).strip().splitlines()[0]}") from error


def run_pg(program, *arguments, pg_path=None):
    """Run a program of PostgreSQL to its end.

    :raise BackupError: it is missing or fails
    """
    known = pathlib.Path(pg_path or "", program)
    command = str(known) if pg_path and known.exists() else program
    try:
        done = subprocess.run(
            [command, *map(str, arguments)], capture_output=True, text=True, errors="replace",
            stdin=subprocess.DEVNULL, env={**os.environ, "LC_MESSAGES": "C"},
        )
    except FileNotFoundError as error:
        raise BackupError(f"{program} is not here: install PostgreSQL's client programs.") from error
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()[-500:]}")
