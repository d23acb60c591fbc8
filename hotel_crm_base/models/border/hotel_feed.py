"""Batches of rows that other systems send: read by the engine of the import, loaded, or put aside with a reason."""

from collections import Counter

from odoo import api, models
from odoo.tools import SQL

from ...intake import feed, plan
from ...intake.engine import Engine
from ...intake.problems import Bad, Problem
from .import_lookups import ImportLookups, today_of
from .import_messages import explain

#: what the loaders call it -> what the answer calls it
STATUSES = {"new": "created", "changed": "updated", "same": "unchanged"}
#: reason of rows about guests who were erased: nothing is kept of them
ERASED = "reference_blocked"


class HotelFeed(models.AbstractModel):
    """Takes batches of rows: one transaction, an answer for each row, and no row fails another one."""

    _name = "hotel.feed"
    _description = "Feed of Another System"

    @api.model
    def _api_guests(self, client, rows, accrues_points=None):
        """Take guests; see rest/feeds.py."""
        return self._take(client, "guests", rows, accrues_points)

    @api.model
    def _api_stays(self, client, rows, accrues_points=None):
        """Take stays."""
        return self._take(client, "stays", rows, accrues_points)

    @api.model
    def _api_consumption(self, client, rows, accrues_points=None):
        """Take consumption."""
        return self._take(client, "consumption", rows, accrues_points)

    @api.model
    def _api_services(self, client, rows, accrues_points=None):
        """Take services."""
        return self._take(client, "services", rows, accrues_points)

    @api.model
    def _take(self, client, kind, rows, accrues_points=None, staged=None):
        """Load a batch and put aside what cannot be loaded.

        :param hotel.api.client client: who sends it, as the superuser
        :param str kind: guests, stays, consumption or services
        :param list[dict] rows: name to value
        :param bool accrues_points: whether programmes count it; None as the client says
        :param hotel.feed.row staged: the rows are these, which waited, in their order
        :returns: counts, and an answer for each row, in their order
        :rtype: dict
        """
        job = client._prepare_feed_job(kind, accrues_points is not False)
        kinds, problems = self._load(job, client, rows)
        speech = self.with_context(lang=client.lang).env
        answers = [self._answer_row(speech, row, kinds.get(n), problems.get(n, [])) for n, row in enumerate(rows)]
        # what waits is the program's own
        self.env["hotel.feed.row"].sudo()._settle(client, kind, rows, answers, problems, accrues_points, staged)
        counts = Counter(answer["status"] for answer in answers)
        self.env["hotel.feed.figure"].sudo()._query_count(client, kind, counts, is_again=bool(staged))
        return {
            "received": len(rows),
            **{name: counts[name] for name in ("created", "updated", "unchanged", "staged", "refused")},
            "rows": answers,
        }

    @api.model
    def _load(self, job, client, rows):
        """Read and load rows.

        :returns: ``{number: new, same or changed}``, ``{number: [Problem]}``
        """
        # a record that is not stored forgets its values when the loaders begin
        engine, loading = self._make_engine(job, client), job._get_loading()
        problems, cells = {}, {}
        for number, row in enumerate(rows):
            if len(client.property_ids) == 1 and not row.get("property") and "property" in engine.header:
                row = {**row, "property": client.property_ids.code}
            _header, cells[number], found = feed.to_cells(engine.kind, row, number)
            if found:
                problems[number] = found
        result = engine.run([(number, cells[number]) for number in cells if number not in problems])
        for problem in result.problems:
            problems.setdefault(problem.row, []).append(problem)
        self._refuse_foreign(job, client, result, problems)
        kinds, refused = loading.store(result)
        for index, column, bad in refused:
            number = result.numbers[index]
            label, value = engine.locate(column, cells[number])
            problems.setdefault(number, []).append(Problem(number, label, value, bad.code, bad.detail))
        return {result.numbers[index]: kind for index, kind in kinds.items()}, problems

    @api.model
    def _make_engine(self, job, client):
        """Return the engine that reads rows of a client; codes of properties are those of its own."""
        lookups = ImportLookups(job)
        lookups.places = {hotel.code: hotel.id for hotel in client.property_ids if hotel.active}
        header = feed.fields_of(job.kind)
        links = [plan.Link(name, name) for name in header]
        return Engine(job.kind, header, links, job._get_options(today_of(job)), lookups.as_dict())

    @api.model
    def _refuse_foreign(self, job, client, result, problems):
        """Take rows out whose number is that of a stay of somebody else's property."""
        if job.kind != "stays" or not result.rows:
            return
        refs = [row[0] for row in result.rows]
        foreign = self._query_foreign(client.source_system, refs, client.property_ids.ids)
        for index in [index for index, row in enumerate(result.rows) if row[0] in foreign][::-1]:
            number = result.numbers[index]
            problems[number] = [Problem(number, "source_ref", "", "other_property")]
            del result.rows[index], result.numbers[index]

    @api.model
    def _query_foreign(self, source_system, refs, hotel_ids):
        """Return those references that are of stays of other properties; SQL because technical users see no stays."""
        self.env["hotel.stay"].flush_model(["source_system", "source_ref", "property_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT source_ref FROM hotel_stay WHERE source_system = %s AND source_ref = ANY(%s)
                      AND NOT property_id = ANY(%s)""",
                source_system,
                refs,
                hotel_ids,
            )
        )
        return {ref for (ref,) in rows}

    @api.model
    def _answer_row(self, env, row, kind, problems):
        """Return what became of a row; nothing that stood in it but its number is repeated."""
        ref = feed.to_text(row.get("source_ref"))
        answer = {"source_ref": None if type(ref) is Bad or not ref else ref[:128]}
        if not problems:
            return {**answer, "status": STATUSES[kind]}
        erased = any(problem.code == ERASED for problem in problems)
        reasons = [
            {
                "code": problem.code,
                "field": None if erased else problem.column or None,
                "message": explain(env, problem.code, problem.detail),
            }
            for problem in problems
        ]
        return {**answer, "status": "refused" if erased else "staged", "reasons": reasons}
