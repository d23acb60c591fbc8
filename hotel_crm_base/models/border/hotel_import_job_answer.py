"""The refused rows as a file."""

from odoo import models

from ...intake import answer


class HotelImportJob(models.Model):
    _inherit = "hotel.import.job"

    def action_download_csv(self):
        """Download the refused rows with their reasons as CSV. For managers and administrators."""
        return self._get_download("csv")

    def action_download_xlsx(self):
        """Download the refused rows with their reasons as XLSX. For managers and administrators."""
        return self._get_download("xlsx")

    def _get_download(self, form):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/hotel/import/{self.id}/refused.{form}",
            "target": "download",
        }

    def _make_refused_file(self, form):
        """Return the refused rows as a file that can be mended and loaded again.

        :param str form: csv or xlsx
        :rtype: bytes
        """
        self.ensure_one()
        self.check_access("read")
        refused = self.bad_row_ids._as_answer()
        if form == "xlsx":
            return answer.to_xlsx(self.header or [], refused)
        return answer.to_csv(self.header or [], refused, self.delimiter or ",")
