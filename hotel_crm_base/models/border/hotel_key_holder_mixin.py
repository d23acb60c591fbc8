from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError


class HotelKeyHolderMixin(models.AbstractModel):
    """A program outside that is let in by a key of its own, as a technical user who is no staff."""

    _name = "hotel.key.holder.mixin"
    _description = "Holder of a Key"

    #: scope of its keys: they open the door of this kind of program, and no other one of Odoo
    _key_scope = ""

    user_id = fields.Many2one(
        "res.users", string="Technical User", copy=False, readonly=True, ondelete="restrict", groups="base.group_system"
    )
    seen_at = fields.Datetime(string="Last Call at", copy=False, readonly=True)

    def unlink(self):
        """The keys of what is gone open nothing any more."""
        # technical users are closed to everybody
        users = self.sudo().user_id
        users._hotel_drop_keys(self._key_scope)
        result = super().unlink()
        users.active = False
        return result

    # ---- keys -------------------------------------------------------------------------------

    def action_make_key(self):
        """Make a new key and show it once; older keys end. Callable by administrators.

        :rtype: dict: an action
        :raises AccessError: for everybody else
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.users.apikeys.show",
            "name": self.env._("Key of %s", self.display_name),
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_key": self._make_key()},
        }

    def action_drop_keys(self):
        """End all keys of these programs at once. Callable by administrators.

        :raises AccessError: for everybody else
        """
        self._check_key_maker()
        # as above
        self.sudo().user_id._hotel_drop_keys(self._key_scope)

    def _make_key(self):
        """Return a new key; those before are void.

        :rtype: str
        """
        self._check_key_maker()
        # as above
        holder = self.sudo()
        user = holder._get_technical_user()
        user._hotel_drop_keys(self._key_scope)
        keys = self.env["res.users.apikeys"].sudo().with_user(user).sudo()
        return keys._generate(self._key_scope, self.display_name, holder._get_key_end())

    def _check_key_maker(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group("hotel_crm_base.group_admin"):
            raise AccessError(self.env._("Keys are made and ended by administrators."))

    def _get_key_end(self):
        """Return when a key that is made now ends, None where it does not."""

    # ---- the technical user -------------------------------------------------------------------

    def _get_technical_user(self):
        """Return the user as whom this program's requests run, who is no staff."""
        self.ensure_one()
        if not self.user_id:
            users = self.env["res.users"].with_context(no_reset_password=True)
            self.user_id = users.create({"login": self._get_user_login(), **self._prepare_user_vals()})
        return self.user_id

    def _get_user_login(self):
        """Return the login of the technical user, unique in the database."""
        raise NotImplementedError

    def _prepare_user_vals(self):
        """Return what the technical user is called, where it belongs and what it may."""
        raise NotImplementedError

    def _touch(self):
        """Note that the program is there, once a minute at most: not each request writes here."""
        now = fields.Datetime.now()
        # who comes second lets it be
        if (not self.seen_at or self.seen_at < now - timedelta(seconds=60)) and self.try_lock_for_update():
            self.seen_at = now
