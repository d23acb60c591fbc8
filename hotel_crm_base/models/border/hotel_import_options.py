from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...intake import dates, plan, reader, targets

KINDS = [("guests", "Guests"), ("stays", "Stays (with guest)"), ("consumption", "Consumption")]


def labels(kind):
    """Return the targets of a kind as a selection."""
    return [(target.name, target.label) for target in targets.BY_KIND[kind].values()]


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
    phone_country_id = fields.Many2one(
        "res.country", string="Phone Country", help="Country of telephone numbers without + and country code."
    )
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
        return plan.Options(
            date_form=self.date_form,
            decimal=self.decimal,
            region=self.phone_country_id.code or None,
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


class HotelImportColumn(models.Model):
    """One column of a file, or one constant, and what it goes to."""

    _name = "hotel.import.column"
    _description = "Import Column"
    _order = "sequence, id"

    job_id = fields.Many2one("hotel.import.job", index="btree_not_null", ondelete="cascade")
    preset_id = fields.Many2one("hotel.import.preset", index="btree_not_null", ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Column", help="As in the first row of the file. Empty for a constant.")
    sample = fields.Char(readonly=True, help="What stands in the first rows.")
    guests_target = fields.Selection(labels("guests"), string="Field of the Guest")
    stays_target = fields.Selection(labels("stays"), string="Field of the Stay")
    consumption_target = fields.Selection(labels("consumption"), string="Field of the Charge")
    constant = fields.Char(help="The same value for all rows, instead of a column.")
    value_map = fields.Text(string="Values", help="What a value of the file means, one per line: Check-Out = departed")

    @api.constrains("value_map")
    def _check_value_map(self):
        for column in self:
            try:
                plan.parse_value_map(column.value_map)
            except ValueError as error:
                raise ValidationError(
                    self.env._("Values are written as “from = to”, one per line. This is not: %s", error)
                ) from error

    @api.model_create_multi
    def create(self, vals_list):
        columns = super().create(vals_list)
        columns._forget_secrets()
        return columns

    def write(self, vals):
        result = super().write(vals)
        if "sample" not in vals:
            self._forget_secrets()
        return result

    def _forget_secrets(self):
        """Show no identity numbers as samples."""
        self.filtered(
            lambda column: column.sample and "document_number" in (f"{column.guests_target} {column.stays_target}")
        ).sample = False

    def _get_links(self, kind):
        """Return the mapping of these columns.

        :param str kind: guests, stays or consumption
        :rtype: list[plan.Link]
        """
        return [
            plan.Link(
                target=column[f"{kind}_target"],
                column=column.name or "",
                constant=column.constant or "",
                value_map=plan.parse_value_map(column.value_map),
            )
            for column in self
            if column[f"{kind}_target"] and (column.name or column.constant)
        ]

    def _prepare_copy_vals(self):
        """Return values of the same mapping for another job or preset."""
        self.ensure_one()
        names = ("sequence", "name", "guests_target", "stays_target", "consumption_target", "constant", "value_map")
        return {name: self[name] for name in names}


class HotelImportPreset(models.Model):
    """A mapping to use again for files of the same layout."""

    _name = "hotel.import.preset"
    _inherit = ["hotel.import.options"]
    _description = "Import Preset"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    column_ids = fields.One2many("hotel.import.column", "preset_id", string="Columns", copy=True)

    def _prepare_job_vals(self):
        """Return the options for a job; its columns are made when the file is read."""
        self.ensure_one()
        values = self.copy_data()[0]
        return {name: values[name] for name in self._get_option_names() if name in values}

    @api.model
    def _find_for(self, kind, header):
        """Return the preset whose columns all stand in a header, the one with most of them.

        :param str kind: of the job
        :param list[str] header: of the file
        :rtype: hotel.import.preset
        """
        fitting = self.search([("kind", "=", kind)]).filtered(
            lambda preset: (
                preset.column_ids.filtered("name")
                and set(preset.column_ids.filtered("name").mapped("name")) <= set(header)
            )
        )
        return fitting.sorted(lambda preset: -len(preset.column_ids))[:1]
