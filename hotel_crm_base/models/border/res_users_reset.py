"""A forgotten password: whoever asks does not learn who has an account."""

import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request

_logger = logging.getLogger(__name__)


class ResUsers(models.Model):
    _inherit = "res.users"

    hotel_reset_asked_at = fields.Datetime(
        string="New Password Asked For at",
        copy=False,
        readonly=True,
        index="btree_not_null",
        groups="base.group_system",
        help="Until the job has sent the link.",
    )

    def reset_password(self, login):
        """Ask for a link to a new password; the answer does not say whether there is an account. Callable by everybody.

        A job sends it: how long the answer takes does not tell either.

        :param str login: login or e-mail address
        :rtype: bool: true
        :raises UserError: it was asked for too often
        """
        login = str(login or "").strip()
        address = request.httprequest.remote_addr if request else ""
        self.env["hotel.rate.limit"]._spend_or_refuse("reset", login.casefold(), address)
        # whoever asks is nobody yet
        users = self.sudo()
        found = users.search(self._get_login_domain(login), limit=2)
        found = found or users.search(self._get_email_domain(login), limit=2)
        if len(found) == 1 and found.email:
            found.hotel_reset_asked_at = fields.Datetime.now()
            self.env.ref("hotel_crm_base.ir_cron_reset_password").sudo()._trigger()  # jobs are the program's own
        return True

    @api.model
    def _cron_reset_password(self, batch=100):
        """Send the links that were asked for; what cannot be sent is tried no more, for a person asks again."""
        cron, users = self.env["ir.cron"], self.search([("hotel_reset_asked_at", "!=", False)], limit=batch)
        cron._commit_progress(remaining=len(users))
        for user in users:
            user.hotel_reset_asked_at = False
            try:
                with self.env.cr.savepoint():
                    user.action_reset_password()
            except UserError:
                # the sentence may name the person
                _logger.warning("no link to a new password could be sent to user %s", user.id)
            if not cron._commit_progress(1):
                break
