"""A backup brought back into a new database, and compared with what it should be."""
import psycopg2
from psycopg2 import sql

from .problems import BackupError, Damaged
from .snapshot import Snapshot, connect, run_pg


def load(dump, database, facts, pg_path=None, jobs=2):
    """Make a new database of a dump.

    :param dict facts: of the manifest: encoding, collation, extensions
    :raise BackupError: the database exists, or the dump does not load
    """
    run_pg("createdb", "--template=template0", f"--encoding={facts['encoding']}", f"--lc-collate={facts['collate']}",
           f"--lc-ctype={facts['ctype']}", database, pg_path=pg_path)
    try:
        hide(database)
        _prepare(database, facts)
        run_pg("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", f"--jobs={jobs}",
               f"--dbname={database}", dump, pg_path=pg_path)
        _execute(database, "ANALYZE")
    except BaseException:
        drop(database, pg_path)
        raise


def drop(database, pg_path=None):
    """Remove a database, whoever is connected."""
    if exists(database):
        hide(database, False)
    run_pg("dropdb", "--if-exists", "--force", database, pg_path=pg_path)


def hide(database, is_hidden=True):
    """Let no Odoo find a database, and run its jobs: it looks for those that are no templates."""
    _execute("postgres", sql.SQL("ALTER DATABASE {} IS_TEMPLATE {}").format(
        sql.Identifier(database), sql.SQL("true" if is_hidden else "false")))


def exists(database) -> bool:
    """Return whether there is such a database."""
    return database in find_databases(database)


def find_databases(beginning) -> list[str]:
    """Return the databases whose names begin so."""
    return [name for (name,) in _execute(
        "postgres", "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY 1", beginning)]


def rename(database, to):
    """Rename a database that nobody is connected to."""
    _execute("postgres", sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(database), sql.Identifier(to)))


def get_server_version() -> int:
    """Return the major version of the server."""
    return int(_execute("postgres", "SHOW server_version_num")[0][0]) // 10000


def count_connections(database) -> int:
    """Return how many others are connected to a database."""
    return _execute("postgres", "SELECT count(*) FROM pg_stat_activity WHERE datname = %s", database)[0][0]


def compare(database, tables, problems, queries) -> int:
    """Compare a restored database with what was counted at its backup.

    :param dict tables: rows by table
    :param dict problems: results of the integrity queries
    :returns: rows in all
    :raise Damaged: something differs
    """
    with Snapshot(database) as restored:
        counted, found = restored.count_rows(), restored.count_problems(queries)
    differ = [name for name in sorted({*tables, *counted}) if tables.get(name) != counted.get(name)]
    if differ:
        raise Damaged(f"The restored database has other rows than the backup says, in {', '.join(differ[:5])}.")
    if found != problems:
        raise Damaged("The restored database gives other results of the integrity checks than the backup says.")
    return sum(counted.values())


def _prepare(database, facts):
    """Make the extensions before the dump does: indexes need an unaccent that is said never to change."""
    connection = connect(database)
    try:
        with connection, connection.cursor() as cursor:
            for name in facts["extensions"]:
                cursor.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
            if facts["unaccent_is_immutable"]:
                cursor.execute("ALTER FUNCTION unaccent(text) IMMUTABLE")
    except psycopg2.Error as error:
        raise Damaged(f"The extensions of the database cannot be made: {str(error).strip()}") from error
    finally:
        connection.close()


def _execute(database, query, *values):
    """Run one statement by itself; return its rows, if it has any."""
    connection = connect(database)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []
    except psycopg2.Error as error:
        raise BackupError(f"PostgreSQL refused: {str(error).strip()}") from error
    finally:
        connection.close()
