"""What a message says: its template filled in for each guest, in the guest's language."""

import logging

from markupsafe import Markup

from odoo import models

from .message_options import TRIES

_logger = logging.getLogger(__name__)


class HotelMessage(models.Model):
    _inherit = "hotel.message"

    def _render(self):
        """Return what these messages say; what cannot be filled in fails, the others go on.

        :rtype: dict[hotel.message, tuple[str, str | Markup]]: subject and body
        """
        texts = {}
        for (content, lang), messages in self.grouped(
            lambda message: (message.content_id, message.partner_id.lang)
        ).items():
            try:
                with self.env.cr.savepoint():
                    texts.update(messages._fill_in(content, lang))
            except Exception as error:
                texts.update(messages._render_one_by_one(content, lang, error))
        return texts

    def _render_one_by_one(self, content, lang, error):
        """Return what those of these messages say that can be filled in."""
        if len(self) == 1:
            # no traceback: it may hold what is known of the guest
            _logger.warning("The text of message %s cannot be made: %s", self.id, type(error).__name__)
            self.write({"attempts": TRIES, "state": "failed", "reason_code": "no_content"})
            self._after_failure()
            return {}
        texts = {}
        for message in self:
            try:
                with self.env.cr.savepoint():
                    texts.update(message._fill_in(content, lang))
            except Exception as problem:
                texts.update(message._render_one_by_one(content, lang, problem))
        return texts

    def _fill_in(self, content, lang):
        """Return what messages of one content say in one language.

        :raises ValueError: there is neither a template nor a text
        """
        template = content._get_template()
        if not template:
            if not content.body:
                raise ValueError("no content")
            body = Markup(content.body) if self[:1].channel == "email" else content.body
            return dict.fromkeys(self, (content.subject, body))
        keys = {message: message._get_template_id(template) for message in self}
        ids = list(set(keys.values()))
        lang = lang or self.env.user.lang
        is_mail = template._name == "mail.template"
        bodies = template._render_field("body_html" if is_mail else "body", ids, set_lang=lang)
        subjects = template._render_field("subject", ids, set_lang=lang) if is_mail else {}
        return {message: (subjects.get(key, ""), bodies[key]) for message, key in keys.items()}

    def _get_template_id(self, template):
        """Return the id of the record that a template is filled in with: the guest, or what it is about.

        :raises ValueError: the template is of another model
        """
        if template.model == "res.partner":
            return self.partner_id.id
        if template.model != self.res_model:
            raise ValueError("template of another model")
        return self.res_id
