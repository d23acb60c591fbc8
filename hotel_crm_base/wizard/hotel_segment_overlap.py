from odoo import api, fields, models
from odoo.tools import SQL


class HotelSegmentOverlap(models.TransientModel):
    """Two segments laid over each other."""

    _name = "hotel.segment.overlap"
    _description = "Overlap of Two Segments"

    segment_id = fields.Many2one("hotel.segment", string="First", required=True, ondelete="cascade")
    other_id = fields.Many2one("hotel.segment", string="Second", required=True, ondelete="cascade")
    only_first = fields.Integer(string="Only in the First", compute="_compute_counts")
    both = fields.Integer(string="In Both", compute="_compute_counts")
    only_second = fields.Integer(string="Only in the Second", compute="_compute_counts")
    share = fields.Float(
        string="Overlap",
        compute="_compute_counts",
        help="Percent of the guests of either who are in both (Jaccard index).",
    )

    @api.depends("segment_id", "other_id")
    def _compute_counts(self):
        for overlap in self:
            first, both, second = overlap._query_counts() if overlap.segment_id and overlap.other_id else (0, 0, 0)
            overlap.only_first, overlap.both, overlap.only_second = first, both, second
            overlap.share = 100.0 * both / (first + both + second) if both else 0.0

    def _query_counts(self):
        """Return how many are only in the first, in both, only in the second; SQL because of volume.

        :rtype: tuple[int, int, int]
        """
        for segment in (self.segment_id, self.other_id):
            segment.check_access("read")
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """SELECT count(*) FILTER (WHERE b.id IS NULL), count(*) FILTER (WHERE a.id = b.id),
                          count(*) FILTER (WHERE a.id IS NULL)
                     FROM (%s) AS a FULL JOIN (%s) AS b ON a.id = b.id""",
                self.segment_id._get_query(),
                self.other_id._get_query(),
            )
        )[0]
