"""What guests see and change about themselves: language, birth date, preferences, what they agreed to."""

from odoo import api, models
from odoo.exceptions import ValidationError

from ... import visitor

#: what a guest decides about on the page: purpose and its channels
MATRIX = (
    ("offer", ("email", "sms", "phone", "post")),
    ("greeting", ("email", "sms")),
    ("survey", ("email", "sms")),
    ("profiling", ("any",)),
    ("sharing", ("any",)),
)


class HotelOwnProfile(models.AbstractModel):
    """The page on which a guest says who he or she is and what he or she wants."""

    _name = "hotel.own.profile"
    _description = "Own Profile"

    @api.model
    def _get_profile(self, partner):
        """Return what the page shows of a guest.

        :param res.partner partner: who is logged in, with sudo
        :returns: guest, languages, categories (name, and preferences: preference, is_on), consents (see
            `_get_consents`)
        :rtype: dict
        """
        return {
            "guest": partner,
            "languages": self.env["res.lang"].get_installed(),
            "categories": self._get_categories(partner),
            "consents": self._get_consents(partner),
        }

    @api.model
    def _get_categories(self, partner):
        """Return what may be preferred, by category, with what this guest does."""
        # guests have no rights on lists and preferences
        preferences = self.env["hotel.preference"].sudo().search([])
        chosen = partner.hotel_preference_ids.preference_id
        return [
            {
                "name": category.name,
                "preferences": [{"preference": one, "is_on": one in chosen} for one in found],
            }
            for category, found in preferences.grouped("category_id").items()
        ]

    @api.model
    def _get_consents(self, partner):
        """Return what a guest has agreed to: for each purpose its channels.

        :returns: name, boxes (field, label, is_on, purpose, channel)
        :rtype: list[dict]
        """
        fields = self.env["hotel.consent"]._fields
        purposes = dict(fields["purpose"]._description_selection(self.env))
        channels = dict(fields["channel"]._description_selection(self.env))
        return [
            {
                "name": purposes[purpose],
                "boxes": [
                    {
                        "field": f"agree_{purpose}_{channel}",
                        "label": channels[channel] if channel != "any" else self.env._("Agreed"),
                        "is_on": bool(partner._has_hotel_consent(purpose, channel)),
                        "purpose": purpose,
                        "channel": channel,
                    }
                    for channel in names
                ],
            }
            for purpose, names in MATRIX
        ]

    @api.model
    def _save_profile(self, partner, values):
        """Change what a guest has changed on the page, and return what is wrong with it.

        :param res.partner partner: who is logged in, with sudo
        :param values: as they came with the request
        :returns: field to sentence; nothing was changed where there is any
        :rtype: dict
        """
        vals, problems = self._read_profile(partner, values)
        if problems:
            return problems
        if vals:
            partner.write(vals)
        self._save_preferences(partner, values)
        self._save_consents(partner, values)
        return {}

    @api.model
    def _read_profile(self, partner, values):
        """Return the values of a guest that change, and what is wrong with them."""
        vals, problems = {}, {}
        if values.get("lang") in dict(self.env["res.lang"].get_installed()) and values["lang"] != partner.lang:
            vals["lang"] = values["lang"]
        # said once: what depends on it (age, birthday gifts) is not to be had again and again
        if values.get("birth_date") and not partner.hotel_birth_date:
            born, problem = self._read_birth_date(values["birth_date"])
            if problem:
                problems["birth_date"] = problem
            else:
                vals["hotel_birth_date"] = born
        return vals, problems

    @api.model
    def _save_preferences(self, partner, values):
        """Note preferences that are new and forget those that are not any more."""
        # guests have no rights on preferences; the guest is who is logged in
        preferences = self.env["hotel.preference"].sudo().search([])
        wanted = preferences.filtered(lambda one: values.get(f"preference_{one.id}"))
        rows = partner.hotel_preference_ids
        known = rows.preference_id
        rows.filtered(lambda row: row.preference_id in preferences - wanted).unlink()
        self.env["hotel.guest.preference"].sudo().create(
            [
                {"partner_id": partner.id, "preference_id": one.id, "source": "guest"}
                for one in wanted - known
            ]
        )

    @api.model
    def _save_consents(self, partner, values):
        """Record the decisions that differ from what holds, each with its proof."""
        boxes = [box for purpose in self._get_consents(partner) for box in purpose["boxes"]]
        for state, is_on in (("given", True), ("withdrawn", False)):
            decided = [
                (box["purpose"], box["channel"])
                for box in boxes
                if box["is_on"] != is_on and bool(values.get(box["field"])) == is_on
            ]
            self._record_consents(partner, decided, state)

    @api.model
    def _read_birth_date(self, text):
        """Return a date of birth and what is wrong with it (a sentence, or empty).

        :rtype: tuple[date | None, str]
        """
        born = visitor.read_date(text)
        if not born:
            return None, self.env._("Please give a date.")
        try:
            # guests have no rights on guests; this one is nobody yet
            self.env["res.partner"].sudo().new({"hotel_birth_date": born})._check_hotel_birth_date()
        except ValidationError as error:
            return None, str(error)
        return born, ""

    @api.model
    def _record_consents(self, partner, agreed, state):
        """Record what a guest has just decided on the page.

        :param list agreed: pairs of purpose and channel
        :param str state: given or withdrawn
        """
        # guests decide for themselves, and have no rights on the records of it
        self.env["hotel.consent"].sudo().create(
            [
                {
                    "partner_id": partner.id,
                    "purpose": purpose,
                    "channel": channel,
                    "state": state,
                    "source": "web",
                    "text_version": "profile/1",
                    "proof": self.env._("Form at %(path)s, login no. %(user)s", path="/my/profile", user=self.env.uid),
                }
                for purpose, channel in agreed
            ]
        )

    @api.model
    def _keep_typed(self, values):
        """Return what was typed, to be shown again where something is wrong."""
        return {name: visitor.read_text(value, 100) for name, value in values.items() if isinstance(value, str)}
