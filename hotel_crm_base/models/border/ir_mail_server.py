import logging
import pathlib

from odoo import api, models
from odoo.tools import config

from ...receipts import Receipts

_logger = logging.getLogger(__name__)


class IrMailServer(models.Model):
    """What a server has taken is not sent again where the database missed it."""

    _inherit = "ir.mail_server"

    @api.model
    def _get_hotel_receipts(self):
        """Return the notes about e-mails of this database (receipts.Receipts)."""
        return Receipts(pathlib.Path(config.filestore(self.env.cr.dbname)) / "mail-taken")

    @api.model
    def send_email(self, message, *args, **kwargs):
        """Send a message unless the server has taken it before and only the commit failed; see ``receipts``."""
        if self._disable_send() or not message["Message-Id"]:
            return super().send_email(message, *args, **kwargs)
        receipts = self._get_hotel_receipts()
        name = receipts.get_name(message["Message-Id"], [message[header] for header in ("To", "Cc", "Bcc")])
        if receipts.has(name):
            _logger.info("The message %s was taken by the mail server before: it is not sent again", name[:12])
            sent = message["Message-Id"]
        else:
            sent = super().send_email(message, *args, **kwargs)
            try:
                receipts.note(name)
            except OSError:
                # it has left all the same: what is lost is only what protects it from leaving twice
                _logger.warning("What was sent could not be noted in %s", receipts.folder, exc_info=True)
        self.env.cr.postcommit.add(lambda: receipts.drop(name))
        return sent

    @api.autovacuum
    def _gc_hotel_receipts(self):
        self._get_hotel_receipts().drop_old()
