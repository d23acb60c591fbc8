from odoo import api, fields, models

from ...intake import dates, plan, reader

KINDS = [
    ("guests", "Guests"),
    ("stays", "Stays (with guest)"),
    ("consumption", "Consumption"),
    ("services", "Services"),
]


class HotelImportOptions(models.AbstractModel):
    """How a file is read and loaded; what a preset keeps for the next file."""

    _name = "hotel.import.options"
    _description = "Import Options"

    kind = fields.Selection(KINDS, required=True, default="guests")
    source_system = fields.Char(
        required=True,
        default="import",
        help="Name of the system the file comes from. Together with the number of each record it makes"
        " sure that nothing is loaded twice.",
    )
    encoding = fields.Selection(
        [(name, name.upper()) for name in reader.ENCODINGS], help="Left empty, it is found out."
    )
    delimiter = fields.Selection(
        [(",", "Comma"), (";", "Semicolon"), ("\t", "Tab"), ("|", "Bar")], help="Left empty, it is found out."
    )
    date_form = fields.Selection(
        [(form, f"{form.upper()}: {example}") for form, example in dates.DATE_FORMS.items()],
        string="Dates",
        required=True,
        default="iso",
        help="What comes first in dates such as 01/02/2025. Dates like 2025-02-01 and those of Excel are"
        " always understood.",
    )
    decimal = fields.Selection(
        [(".", "Point: 1,234.50"), (",", "Comma: 1.234,50")], string="Decimal Mark", required=True, default="."
    )
    phone_country_id = fields.Many2one("res.country", help="Country of telephone numbers without + and country code.")
    accept_negative = fields.Boolean(
        string="Accept Negative Amounts", help="Load negative rates and amounts, as corrections of history."
    )
    create_codes = fields.Boolean(
        string="Create Missing Codes", help="Channels, market segments and rate plans that are not in the lists."
    )
    create_room_types = fields.Boolean(string="Create Missing Room Types")
    match_code = fields.Boolean(string="Match by Member Number")
    match_email = fields.Boolean(
        string="Match by E-mail", help="A new row with the e-mail address of a guest is that guest."
    )
    match_phone = fields.Boolean(
        string="Match by Phone", help="A new row with the telephone number of a guest is that guest."
    )
    accrues_points = fields.Boolean(
        help="For live data of another system: loyalty programmes count it. History does not accrue.",
    )

    def _get_options(self, today):
        """Return how cells are read.

        :param date today: no birth date is later
        :rtype: plan.Options
        """
        self.ensure_one()
        # technical users of other systems have no rights on countries
        return plan.Options(
            date_form=self.date_form,
            decimal=self.decimal,
            region=self.phone_country_id.sudo().code or None,
            accept_negative=self.accept_negative,
            today=today,
        )

    def _get_matches(self):
        """Return the ways in which guests are matched, the surest first."""
        return [how for how in ("code", "email", "phone") if self[f"match_{how}"]]

    @api.model
    def _get_option_names(self):
        """Return the names of the fields that a preset hands to a job."""
        return [
            name
            for name, field in self.env["hotel.import.options"]._fields.items()
            if field.store and name not in models.MAGIC_COLUMNS
        ]
