"""A forgotten password: whoever asks does not learn who has an account."""

from odoo import models
from odoo.exceptions import UserError
from odoo.http import request


class ResUsers(models.Model):
    _inherit = "res.users"

    def reset_password(self, login):
        """Send a link to a new password, where there is an account; the answer does not say so. Callable by everybody.

        The e-mail leaves by the queue: how long the answer takes does not tell either.

        :param str login: login or e-mail address
        :raises UserError: it was asked for too often
        """
        login = str(login or "").strip()
        address = request.httprequest.remote_addr if request else ""
        wait = self.env["hotel.rate.limit"]._spend("reset", login.casefold(), address)
        if wait:
            raise UserError(self.env._("Too many requests. Please try again in %s minutes.", -(-wait // 60)))
        # whoever asks is nobody yet
        users = self.sudo()
        found = users.search(self._get_login_domain(login), limit=2)
        found = found or users.search(self._get_email_domain(login), limit=2)
        if len(found) == 1 and found.email:
            found.with_context(hotel_mail_queued=True).action_reset_password()
        return True
