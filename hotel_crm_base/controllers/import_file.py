from odoo.http import Controller, content_disposition, request, route

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ImportFile(Controller):
    """Files of the import; record rules say whose."""

    @route("/hotel/import/<int(min=1):job_id>/refused.<any(csv,xlsx):form>", type="http", auth="user", readonly=True)
    def refused_rows(self, job_id, form):
        """Return the refused rows of an import with their reasons."""
        job = request.env["hotel.import.job"].browse(job_id)
        content = job._make_refused_file(form)
        name = f"{(job.name or 'import').rsplit('.', 1)[0]}-refused.{form}"
        headers = [("Content-Type", TYPES[form]), ("Content-Disposition", content_disposition(name))]
        return request.make_response(content, headers)
