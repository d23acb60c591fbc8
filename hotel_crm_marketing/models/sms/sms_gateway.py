"""A gateway for SMS that speaks HTTP: signed requests, tried again, each SMS named so that it is sent once."""

import json
import logging
import time

import requests

from odoo.addons.sms.tools.sms_api import SmsApiBase

from ...sms_signature import sign

_logger = logging.getLogger(__name__)
TRIES, WAIT, TIMEOUT = 3, 0.5, 15
#: what a gateway answers of one SMS -> what Odoo knows
STATES = {"accepted": "success", "sent": "success", "delivered": "success", "queued": "processing"}
ERRORS = {
    "invalid_number": "wrong_number_format",
    "no_credit": "insufficient_credit",
    "not_supported": "country_not_supported",
}


class HotelSmsApi(SmsApiBase):
    """Sends SMS of one company by its gateway."""

    PROVIDER_TO_SMS_FAILURE_TYPE = SmsApiBase.PROVIDER_TO_SMS_FAILURE_TYPE | {
        "insufficient_credit": "sms_credit",
        "country_not_supported": "sms_country_not_supported",
    }

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        """Send SMS and return what became of each, as Odoo's own provider does."""
        # whoever lets SMS leave need not see settings
        company = (self.env.company or self.company).sudo()
        texts = [
            {"id": number["uuid"], "to": number["number"], "text": message["content"]}
            for message in messages
            for number in message["numbers"]
        ]
        payload = {"sender": company.hotel_sms_sender or "", "report_url": self._get_report_url(), "messages": texts}
        answer = self._post(company, json.dumps(payload, ensure_ascii=False).encode())
        found = {row.get("id"): row for row in answer.get("results", [])} if answer else {}
        return [self._read_result(text["id"], found.get(text["id"])) for text in texts]

    def _get_report_url(self):
        return f"{self.env['ir.config_parameter'].sudo().get_param('web.base.url')}/hotel/sms/report"

    def _read_result(self, uuid, row):
        """Return one result as Odoo reads it; what the gateway says nothing of has not left."""
        if not row:
            return {"uuid": uuid, "state": "server_error"}
        state = STATES.get(row.get("status")) or ERRORS.get(row.get("error"), "server_error")
        cost = row.get("cost")
        return {"uuid": uuid, "state": state, **({"credit": float(cost)} if isinstance(cost, int | float) else {})}

    def _post(self, company, body):
        """Send a signed request, and again where the gateway is busy; the SMS have names, so that none leaves twice.

        :returns: the answer; None where there was none
        :rtype: dict | None
        """
        for attempt in range(TRIES):
            if attempt:
                time.sleep(WAIT * 2 ** (attempt - 1))
            moment = str(int(time.time()))
            headers = {
                "Content-Type": "application/json; charset=utf-8",
                "X-Key": company.hotel_sms_key or "",
                "X-Timestamp": moment,
                "X-Signature": sign(company.hotel_sms_secret or "", moment, body),
            }
            try:
                response = requests.post(
                    company.hotel_sms_url, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False
                )
            except requests.RequestException as error:
                _logger.warning("The SMS gateway does not answer: %s", type(error).__name__)
                continue
            if response.status_code == 429 or response.status_code >= 500:
                continue
            return self._read_answer(response)
        return None

    def _read_answer(self, response):
        if response.status_code >= 400:
            _logger.warning("The SMS gateway refuses the request: %s", response.status_code)
            return None
        try:
            answer = response.json()
        except ValueError:
            return None
        return answer if isinstance(answer, dict) and isinstance(answer.get("results"), list) else None
