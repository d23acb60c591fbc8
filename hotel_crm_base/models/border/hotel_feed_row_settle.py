"""What a batch leaves in the staging area."""

from odoo import api, fields, models

from ... import identity
from ...intake import feed


class HotelFeedRow(models.Model):
    _inherit = "hotel.feed.row"

    @api.model
    def _settle(self, client, kind, rows, answers, problems, accrues_points, staged=None):
        """Put aside the rows of a batch that were staged; what waited of those that were taken waits no more.

        As many statements for a thousand rows as for one.

        :param list[dict] rows: of the batch
        :param list[dict] answers: of the rows
        :param dict problems: number of a row to its Problems
        :param bool accrues_points: as the batch said
        :param hotel.feed.row staged: the rows are these, which waited
        """
        keys = [feed.make_key(row) for row in rows]
        known = self.search(
            [("client_id", "=", client.id), ("kind", "=", kind), ("state", "=", "waiting"), ("row_key", "in", keys)]
        )
        by_key = {row.row_key: row for row in known}
        mine = list(staged) if staged else [by_key.get(key, self.browse()) for key in keys]
        bad = {number for number, answer in enumerate(answers) if answer["status"] == "staged"}
        settled = self.browse([mine[number].id for number in range(len(rows)) if number not in bad and mine[number]])
        settled._close("taken")
        # the last of several bad ones of one number is what waits
        last = {keys[number]: number for number in sorted(bad)}
        again = self.browse({mine[number].id for number in bad if mine[number]}) | self.browse(
            [by_key[key].id for key in last if key in by_key]
        )
        before = {row.row_key: row for row in again} | {keys[n]: mine[n] for n in bad if mine[n]}
        values = [
            self._prepare_staged(client, kind, key, rows[n], answers[n], accrues_points, before.get(key))
            for key, n in last.items()
        ]
        again.unlink()
        created = self.create(values)
        self.env["hotel.feed.error"].create(
            [
                vals
                for row, number in zip(created, last.values(), strict=True)
                for vals in self._prepare_errors(row, problems[number])
            ]
        )

    @api.model
    def _prepare_staged(self, client, kind, key, row, answer, accrues_points, before):
        """Return values of a row that waits."""
        code = row.get("property")
        hotel = client.property_ids.filtered(lambda hotel: hotel.code == code)
        if not code and len(client.property_ids) == 1:
            hotel = client.property_ids
        return {
            "client_id": client.id,
            "property_id": hotel.id,
            "kind": kind,
            "row_key": key,
            "source_ref": answer["source_ref"],
            "data": self._conceal(row),
            "accrues_points": accrues_points is not False,
            "tries": before.tries + 1 if before else 1,
            "received_at": before.received_at if before else fields.Datetime.now(),
        }

    @api.model
    def _prepare_errors(self, row, problems):
        """Return values of the errors of a row."""
        return [
            {
                "row_id": row.id,
                "field_names": problem.column or "source_ref",
                "value": identity.mask(problem.value)
                if feed.SECRET & set(problem.column.split(", ")) and problem.value
                else problem.value,
                "code": problem.code,
                "detail": problem.detail,
            }
            for problem in problems
        ]
