from odoo import api, fields, models
from odoo.tools import SQL


class HotelSegmentMember(models.Model):
    """A guest on the list of a static segment."""

    _name = "hotel.segment.member"
    _description = "Member of a Segment"
    _log_access = False
    _rec_name = "partner_id"

    segment_id = fields.Many2one("hotel.segment", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Guest", required=True, ondelete="cascade", index=True)

    _once = models.UniqueIndex("(segment_id, partner_id)", "This guest is on the list already.")

    @api.model
    def _query_fill(self, segment, guests):
        """Put guests on the list of a segment; SQL because an audience is a million guests.

        :param SQL guests: a SELECT of ids
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "INSERT INTO hotel_segment_member (segment_id, partner_id) SELECT %s, guest.id FROM (%s) AS guest(id)"
                " ON CONFLICT DO NOTHING",
                segment.id,
                guests,
            )
        )
        self.invalidate_model()
        segment.invalidate_recordset()
