from odoo import fields, models


class HotelApiClient(models.Model):
    _inherit = "hotel.api.client"

    accrues_points = fields.Boolean(
        string="Live",
        help="Loyalty programmes count what it sends, and a check-out does what a check-out does. Switch it on when the"
        " history is in; a batch may still say that it is history.",
    )
    match_code = fields.Boolean(string="Match by Member Number", default=True)
    match_email = fields.Boolean(
        string="Match by E-mail", help="A guest with the e-mail address of one who is known is that guest."
    )
    match_phone = fields.Boolean(
        string="Match by Phone", help="A guest with the telephone number of one who is known is that guest."
    )
    accept_negative = fields.Boolean(
        string="Accept Negative Amounts", help="Take negative amounts that take back no charge in particular."
    )
    phone_country_id = fields.Many2one("res.country", help="Country of telephone numbers without + and country code.")

    def _prepare_feed_job(self, kind, accrues_points):
        """Return an import that is never stored: it reads and loads the rows of one batch.

        It works as the technical user: in the client's properties, with the client's rights.

        :param str kind: of rows
        :param bool accrues_points: whether the batch says so; a client that may not never does
        :rtype: hotel.import.job
        """
        # read by the superuser: technical users see no clients
        client = self.sudo()
        jobs = self.env["hotel.import.job"].with_user(client.user_id).with_company(client.company_id)
        return jobs.with_context(lang="en_US", tz=client.property_ids[:1].tz or "UTC").new(
            {
                "kind": kind,
                "source_system": client.source_system,
                "date_form": "iso",
                "decimal": ".",
                "accrues_points": client.accrues_points and accrues_points,
                "phone_country_id": client.phone_country_id.id,
                **{name: client[name] for name in ("match_code", "match_email", "match_phone", "accept_negative")},
            }
        )
