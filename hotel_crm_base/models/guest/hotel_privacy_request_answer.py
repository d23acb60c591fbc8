"""How privacy requests are answered: who is asking, the copy by a link that ends, the erasure by a job."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .hotel_privacy_request import MANAGER

#: days for which the copy may be fetched, and the confirmation be given
LINK_DAYS = 7
#: guests that one transaction erases
BATCH = 200


class HotelPrivacyRequest(models.Model):
    _inherit = "hotel.privacy.request"

    def _check_manager(self):
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Managers answer privacy requests."))

    # ---- who is asking ----------------------------------------------------------------------

    def action_confirm_document(self):
        """Note that the guest has shown a document. Callable by the front office and managers.

        :raises UserError: there is nothing to be confirmed
        """
        self.check_access("read")
        self._check_clerk()
        if self.filtered(lambda request: request.state != "unconfirmed"):
            raise UserError(self.env._("The identity was confirmed already."))
        self.sudo().write({"state": "open", "identity_way": "document"})  # clerks have no right to answer
        self.env["hotel.access.log"]._log("write", self.partner_id.ids, ["identity_way"], model=self._name)

    def _check_clerk(self):
        user = self.env.user
        if not (self.env.su or user.has_group(MANAGER) or user.has_group("hotel_crm_base.group_front_office")):
            raise AccessError(self.env._("The front office and managers confirm who is asking."))

    def action_send_link(self):
        """Send a link by which the guest confirms the request from the mailbox that the hotel knows.

        Callable by the front office and managers.

        :raises UserError: no address is known, or it is confirmed already
        """
        self.ensure_one()
        self.check_access("read")
        self._check_clerk()
        if self.state != "unconfirmed":
            raise UserError(self.env._("The identity was confirmed already."))
        if not self.partner_id.email_normalized:
            raise UserError(self.env._("No e-mail address of this guest is known: let a document be shown."))
        token = secrets.token_urlsafe(24)
        request = self.sudo()  # clerks have no right to answer
        until = fields.Datetime.now() + timedelta(days=LINK_DAYS)
        request.write({"confirm_digest": self._get_digest(token), "confirm_until": until})
        url = f"{self.get_base_url()}/hotel/privacy/{self.id}/{token}"
        kind = dict(self._fields["kind"]._description_selection(self.with_context(lang=request.partner_id.lang).env))
        env = self.with_context(lang=request.partner_id.lang).env
        request._tell(
            f"link/{token[:6]}",
            env._("Please confirm your request"),
            [env._("Somebody asked us in your name for: %s.", kind[self.kind]),
             env._("If it was you, please confirm it here. If not, do nothing."), url],
        )  # fmt: skip

    @api.model
    def _get_digest(self, token):
        return hashlib.sha256(token.encode()).hexdigest()

    def _is_token(self, token):
        """Return whether a link is the one that was sent, in time and not used yet."""
        request = self.sudo().exists()
        return bool(
            request
            and request.state == "unconfirmed"
            and request.confirm_digest
            and request.confirm_until > fields.Datetime.now()
            and hmac.compare_digest(request.confirm_digest, self._get_digest(token))
        )

    def _confirm(self, token):
        """Confirm by the link; the token counts once.

        :rtype: bool
        """
        if not self._is_token(token):
            return False
        self.sudo().write({"state": "open", "identity_way": "link", "confirm_digest": False})
        return True

    # ---- answering --------------------------------------------------------------------------

    def action_answer(self):
        """Answer: let the copy be fetched, or have the guest erased. Callable by managers.

        :raises UserError: the identity is not confirmed, or something stands against an erasure
        """
        self.check_access("write")
        self._check_manager()
        if self.filtered(lambda request: request.state != "open"):
            raise UserError(self.env._("Only open requests are answered: confirm first who is asking."))
        requests = self.sudo()
        requests.filtered(lambda request: request.kind == "copy")._answer_copy()
        requests.filtered(lambda request: request.kind == "erasure")._queue_erasure()

    def _answer_copy(self):
        """Let the guests fetch their copies for some days."""
        self._close("answered")
        self.write({"link_until": fields.Datetime.now() + timedelta(days=LINK_DAYS)})
        for request in self:
            env = request.with_context(lang=request.partner_id.lang).env
            request._tell(
                "copy",
                env._("The copy of your data is ready"),
                [env._("Log in to your account to fetch it within %s days.", LINK_DAYS),
                 f"{request.get_base_url()}/my/profile"],
            )  # fmt: skip

    def _queue_erasure(self):
        """Say farewell and let the job erase the guests."""
        problems = self.partner_id._get_hotel_erasure_obstacles()
        if problems:
            raise UserError("\n".join(sorted({text for texts in problems.values() for text in texts})))
        self.write({"state": "queued", "user_id": self.env.uid})
        for request in self:
            env = request.with_context(lang=request.partner_id.lang).env
            request._tell(
                "erasure",
                env._("Your data are being erased"),
                [env._("As you asked us to, we erase what we know about you."),
                 env._("We keep invoices for as long as the law demands, and nothing else that tells who you are.")],
            )  # fmt: skip
        self.env.ref("hotel_crm_base.ir_cron_privacy_erase").sudo()._trigger()

    def _tell(self, key, subject, lines):
        """Send the guest a message that the request needs."""
        self.ensure_one()
        if self.partner_id.email_normalized:
            body = Markup("").join(Markup("<p>%s</p>") % line for line in lines)
            self.env["hotel.message"]._send(
                self.partner_id, "transaction", "email", f"privacy/{self.id}/{key}", subject, body, record=self
            )

    def action_refuse(self):
        """Refuse a request, for the reason that is written down. Callable by managers.

        :raises UserError: no reason, or it was answered already
        """
        self.check_access("write")
        self._check_manager()
        for request in self.sudo():
            if request.state not in ("unconfirmed", "open"):
                raise UserError(self.env._("This request was answered already."))
            if not (request.refusal or "").strip():
                raise UserError(self.env._("Write down why it is refused: the guest is told."))
            env = request.with_context(lang=request.partner_id.lang).env
            lines = [env._("We cannot do what you asked for."), request.refusal]
            request._tell("refusal", env._("Your request"), lines)
            request._close("refused")

    def action_hand_over(self):
        """Fetch the copy to hand it over. Callable by managers who may read identity numbers; it is logged.

        :rtype: dict: an action that fetches it
        """
        self.ensure_one()
        self._check_hand_over()
        return {"type": "ir.actions.act_url", "url": f"/hotel/privacy/copy/{self.id}", "target": "self"}

    def _check_hand_over(self):
        self.check_access("read")
        self._check_manager()
        if not self.env.user.has_group("hotel_crm_base.group_identity"):
            raise AccessError(self.env._("The copy holds identity numbers: who hands it over may read these."))
        if self.kind != "copy" or self.state != "answered":
            raise UserError(self.env._("There is no copy: answer the request first."))

    def _fetch(self):
        """Return the copy and note that it was fetched; whether the caller may was checked.

        :rtype: bytes
        """
        self.ensure_one()
        request = self.sudo()
        request.fetch_count += 1
        self.env["hotel.access.log"]._log("export", request.partner_id.ids, ["copy"], model=self._name)
        return request.partner_id._hotel_make_copy()

    def _is_fetchable(self):
        """Return whether the guest may still fetch the copy."""
        self.ensure_one()
        return self.kind == "copy" and self.state == "answered" and (self.link_until or self.received_at) > (
            fields.Datetime.now()
        )

    # ---- the job ----------------------------------------------------------------------------

    @api.model
    def _cron_erase(self):
        """Erase the guests who are to be erased and whose farewell has left, some in each transaction."""
        while True:
            requests = self._find_queued()
            if not requests:
                return
            requests._erase_guests()
            if not self.env["ir.cron"]._commit_progress(len(requests), remaining=self.search_count(
                [("state", "=", "queued"), ("id", "not in", requests.ids)]
            )):  # fmt: skip
                return

    @api.model
    def _find_queued(self):
        """Return some requests that can be carried out now, locked."""
        waiting = self.env["hotel.message"].sudo().search(
            [("res_model", "=", self._name), ("state", "=", "queued"), ("dedupe_key", "=like", "privacy/%/erasure/%")]
        )  # fmt: skip
        requests = self.search(
            [("state", "=", "queued"), ("partner_id", "not in", waiting.partner_id.ids)], limit=BATCH, order="id"
        )
        return requests.try_lock_for_update()

    def _erase_guests(self):
        """Erase the guests of these requests; what stands in the way by now puts a request back on the desk."""
        problems = self.partner_id._get_hotel_erasure_obstacles()
        blocked = self.filtered(lambda request: request.partner_id.id in problems)
        blocked.write({"state": "open"})
        self.env.flush_all()
        done = self - blocked
        done.partner_id._hotel_erase()
        done._close_erased()

    def _close_erased(self):
        """Close requests of guests who are nobody any more, and those that they had beside them."""
        others = self.search([("partner_id", "in", self.partner_id.ids), ("state", "in", ("unconfirmed", "open"))])
        others.write({"state": "cancelled"})
        self.write({"state": "answered", "answered_at": fields.Datetime.now()})
        (self | others).activity_unlink(["mail.mail_activity_data_todo"])
