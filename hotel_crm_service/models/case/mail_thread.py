from odoo import models

from ...mail_origin import is_answerable


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_route_process(self, message, message_dict, routes):
        """Tell those who make a case of an e-mail whether a person wrote it: what they are given has no headers."""
        is_case = any(model == "hotel.case" for model, *_rest in routes or ())
        if is_case and is_answerable(message) and not message_dict.get("is_bounce"):
            self = self.with_context(hotel_mail_is_answerable=True)
        return super()._message_route_process(message, message_dict, routes)
