"""Loading the rows that the engine has read, through the bulk loaders."""

import psycopg2

from ...intake.problems import Bad
from .import_messages import explain_constraint


class ImportLoading:
    """Loads rows of one kind from one source.

    :param env: who may load; what the loader writes beside is the program's own
    :param str kind: guests, stays, consumption or services
    :param str source_system: where the references come from
    :param list matches: ways in which guests are found, see hotel.bulk.loader
    :param bool accrues_points: live data: programmes count them, and hooks of stays are called
    """

    def __init__(self, env, kind, source_system, matches=(), accrues_points=False):
        self.env, self.kind, self.source_system = env, kind, source_system
        self.matches, self.accrues_points = matches, accrues_points

    def store(self, result, is_careful=True):
        """Load rows; return ``({index: new, same or changed}, [(index, column, Bad)])``.

        :param Result result: of the engine
        :param bool is_careful: in ever smaller parts, to find those the database refuses
        """
        indexes = list(range(len(result.rows)))
        return self._load_carefully(result, indexes) if is_careful else self._load(result, indexes)

    def _load_carefully(self, result, indexes):
        """Load rows in halves until those that the database refuses stand alone."""
        if not indexes:
            return {}, []
        try:
            with self.env.cr.savepoint():
                return self._load(result, indexes)
        except (psycopg2.IntegrityError, psycopg2.DataError) as error:
            if len(indexes) == 1:
                return {}, [(indexes[0], "source_ref", Bad("database", get_constraint(error)))]
        middle = len(indexes) // 2
        kinds, refused = self._load_carefully(result, indexes[:middle])
        more, others = self._load_carefully(result, indexes[middle:])
        return kinds | more, refused + others

    def explain(self, error):
        """Return what the database objects to, without the values of the row."""
        return explain_constraint(self.env, get_constraint(error))

    def _load(self, result, indexes):
        """Load some rows by the bulk loader."""
        rows = [result.rows[index] for index in indexes]
        loader, refusals = self.env["hotel.bulk.loader"].sudo(), {}
        if self.kind == "guests":
            loaded = loader._load_guests(rows, self.source_system, self.matches)
        elif self.kind == "stays":
            refusals = self._load_named_guests(loader, result, rows)
            loaded = loader._load_stays(rows, self.source_system, live=self.accrues_points)
        elif self.kind == "services":
            loaded = loader._load_services(rows, self.source_system)
        else:
            loaded = loader._load_consumption(rows, self.source_system, self.accrues_points)
        refused = []
        for at, column, bad in loaded.refused:
            why = refusals.get(rows[at][1]) if self.kind == "stays" and bad.code == "no_guest" else None
            refused.append((indexes[at], *(why or (column, bad))))
        return {index: kind for index, kind in zip(indexes, loaded.kinds, strict=True) if kind}, refused

    def _load_named_guests(self, loader, result, rows):
        """Load the guests that stays name; return ``{reference: (column, Bad)}`` of those refused."""
        wanted = {row[1] for row in rows}
        guests = list({row[0]: row for row in reversed(result.guests) if row[0] in wanted}.values())
        if not guests:
            return {}
        loaded = loader._load_guests(guests, self.source_system, self.matches)
        return {guests[at][0]: (f"guest_{column}", bad) for at, column, bad in loaded.refused}


def get_constraint(error):
    """Return the name of what the database objects by, without the values of the row."""
    return error.diag.constraint_name or type(error).__name__
