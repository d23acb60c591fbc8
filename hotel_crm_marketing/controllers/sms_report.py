"""Delivery reports of an SMS gateway."""

import json
import time

from odoo.http import Controller, request, route

from ..sms_signature import is_signed

MOST = 1000


class SmsReport(Controller):
    @route("/hotel/sms/report", type="http", auth="public", methods=["POST"], csrf=False, save_session=False)
    def report(self, **_params):
        """Take signed reports: ``{"reports": [{"id", "status", "error"}]}``; the answer counts those that are known."""
        body, headers = request.httprequest.get_data(cache=True), request.httprequest.headers
        key = headers.get("X-Key", "")
        # the secret of whoever names the key; visitors see no settings
        company = request.env["res.company"].sudo().search([("hotel_sms_key", "=", key)], limit=1) if key else None
        secret = company.hotel_sms_secret if company else ""
        if not is_signed(
            secret or "", headers.get("X-Timestamp", ""), body, headers.get("X-Signature", ""), time.time()
        ):
            return request.make_json_response({"error": "signature"}, status=401)
        try:
            reports = json.loads(body)["reports"]
            rows = [(str(row["id"]), str(row["status"]), str(row.get("error", ""))) for row in reports[:MOST]]
        except (ValueError, KeyError, TypeError):
            return request.make_json_response({"error": "format"}, status=400)
        messages = request.env["hotel.message"].sudo()
        known = sum(messages._note_report(company, *row) for row in rows if row[1] in ("delivered", "failed"))
        return request.make_json_response({"known": known})
