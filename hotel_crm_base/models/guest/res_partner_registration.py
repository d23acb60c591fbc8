"""Registering a guest at the desk: values checked, likely duplicates shown, never twice."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ... import contact

REGISTRARS = (
    "hotel_crm_base.group_front_office",
    "hotel_crm_base.group_food_beverage",
    "hotel_crm_base.group_service",
    "hotel_crm_base.group_call_agent",
    "hotel_crm_base.group_manager",
)
# what the desk sends, and of which kind
SHAPE = {
    "name": str,
    "gender": str,
    "birth_date": str,
    "nationality_id": int,
    "phone": str,
    "phone_country_id": int,
    "email": str,
    "lang": str,
    "document_type": str,
    "document_number": str,
    "document_country_id": int,
    "consent_email": bool,
    "consent_sms": bool,
    "key": str,
}
MAX_NAME, MAX_KEY = 256, 64


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def hotel_register_guest(self, values):
        """Register a new guest and return his or her id.

        Callable by front office, food and beverage, service, call agents and managers.

        :param dict values: name (the only one required), gender (male, female, other), birth_date
            (YYYY-MM-DD), nationality_id, phone, phone_country_id (country of a number without a country
            code), email, lang (code of an installed language), document_type and document_number (a kind
            of hotel.guest.document), document_country_id, consent_email and consent_sms (bool: offers by
            that channel agreed to at the desk), key (str, chosen by the caller: a second call with the
            same key within a day returns the guest of the first one)
        :rtype: int
        :raises ValidationError: a value is missing or cannot be right; the sentence says which
        :raises AccessError: the user registers no guests
        """
        self._check_hotel_registration_rights()
        facts = self._read_hotel_registration(values)
        problem = next(iter(facts["problems"].values()), None)
        if problem:
            raise ValidationError(problem)
        # which calls were made is closed to users
        calls = self.env["hotel.guest.registration"].sudo()
        known_id = calls._get_partner_id(facts["key"])
        if known_id:
            return known_id
        guest = self.create(self._prepare_hotel_guest_vals(facts))
        calls._keep(facts["key"], guest)
        guest._create_hotel_consents(facts)
        guest._create_hotel_document(facts)
        return guest.id

    @api.model
    def hotel_check_new_guest(self, values):
        """Say what is wrong with a registration that is being typed, and whom it may be about.

        Callable by those who may register guests; changes nothing.

        :param dict values: as `hotel_register_guest` takes them
        :returns: problems (field to sentence), phone and email (as they will be stored, or False),
            told (birth_date and gender that the document number tells), duplicates (as
            `hotel_find_likely_duplicates`), same_name (int: further guests who have the
            name and nothing else in common; 0 where they are few and among the duplicates)
        :rtype: dict
        :raises AccessError: the user registers no guests
        """
        self._check_hotel_registration_rights()
        facts = self._read_hotel_registration(values)
        duplicates, same_name = self._hotel_find_alike(facts)
        return {
            "problems": facts["problems"],
            "phone": facts["phone"] or False,
            "email": facts["email"] or False,
            "told": facts["told"],
            "duplicates": duplicates,
            "same_name": same_name,
        }

    @api.model
    def _check_hotel_registration_rights(self):
        if not (self.env.su or any(self.env.user.has_group(group) for group in REGISTRARS)):
            raise AccessError(self.env._("Your role does not register guests."))

    @api.model
    def _read_hotel_registration(self, values):
        """Return all values in the form in which they are stored, with what is wrong with them.

        :param dict values: see `hotel_register_guest`
        :returns: every key of SHAPE, empty values of their kind where nothing was given, and
            problems (field to sentence)
        :rtype: dict
        :raises ValidationError: a value is not known or not of its kind (no user types such)
        """
        facts = self._read_hotel_shape(values)
        facts["name"] = contact.clean_name(facts["name"])
        facts["document_number"] = contact.clean(facts["document_number"])
        problems = facts["problems"] = {}
        if not any(character.isalnum() for character in facts["name"]):
            problems["name"] = self.env._("Please enter the name of the guest.")
        elif len(facts["name"]) > MAX_NAME:
            problems["name"] = self.env._("A name has %s characters at most.", MAX_NAME)
        facts["birth_date"] = self._read_hotel_birth_date(facts["birth_date"], problems)
        self._read_hotel_choices(facts, problems)
        self._read_hotel_contact(facts, problems)
        self._read_hotel_document(facts, problems)
        return facts

    @api.model
    def _read_hotel_shape(self, values):
        """Return a value for every key of SHAPE, empty where none was given."""
        wrong = [
            str(name)
            for name, value in values.items()
            if name not in SHAPE or (value not in (None, False, "") and not self._is_hotel_shape(name, value))
        ]
        if wrong:
            raise ValidationError(
                self.env._("These values are not known or not of their kind: %s", ", ".join(wrong))
            )
        return {name: values.get(name) or kind() for name, kind in SHAPE.items()}

    @api.model
    def _is_hotel_shape(self, name, value):
        """Return whether a value that is given is of its kind, and one that a database can hold."""
        if type(value) is not SHAPE[name]:
            return False
        if SHAPE[name] is int:
            return 0 < value < 2**31
        return name != "key" or (value.isprintable() and len(value) <= MAX_KEY)

    @api.model
    def _read_hotel_contact(self, facts, problems):
        """Bring phone and e-mail into the form in which they are stored, or note what is wrong."""
        country = self.env["res.country"].browse(facts["phone_country_id"])
        for name in ("phone", "email"):
            try:
                region = country.code or self._get_hotel_region({})
                facts[name] = self._normalise_hotel_contact(name, facts[name], region) or ""
            except ValidationError as error:
                facts[name], problems[name] = "", str(error)

    @api.model
    def _read_hotel_document(self, facts, problems):
        """Note what is wrong with the document number, or else what it tells: birth date and gender."""
        facts["told"] = {}
        if not facts["document_number"] or "document_type" in problems:
            return
        documents = self.env["hotel.guest.document"]
        kind = facts["document_type"]
        country = documents._get_issuer(kind) or self.env["res.country"].browse(
            facts["document_country_id"] or facts["nationality_id"]
        )
        facts["document_country_id"] = country.id or 0
        try:
            told = documents._read_number(kind, facts["document_number"], country)
        except ValidationError as error:
            facts["document_number"], problems["document_number"] = "", str(error)
        else:
            facts["told"] = {"birth_date": told.birth_date or False, "gender": told.gender or False}

    @api.model
    def _read_hotel_birth_date(self, text, problems):
        """Return a birth date or False, and note why it cannot be right."""
        try:
            born = fields.Date.to_date(text)
            if born:
                self.new({"hotel_birth_date": born})._check_hotel_birth_date()
        except ValidationError as error:
            problems["birth_date"] = str(error)
        except ValueError:
            problems["birth_date"] = self.env._("“%s” is not a date.", text)
        return False if "birth_date" in problems else born or False

    @api.model
    def _read_hotel_choices(self, facts, problems):
        """Note values that are not in their lists."""
        if facts["gender"] and facts["gender"] not in self._fields["hotel_gender"].get_values(self.env):
            problems["gender"] = self.env._("This gender is not in the list.")
        if facts["lang"] and facts["lang"] not in dict(self.env["res.lang"].get_installed()):
            problems["lang"] = self.env._("This language is not installed.")
        countries = {facts["nationality_id"], facts["phone_country_id"], facts["document_country_id"]} - {0}
        if len(self.env["res.country"].browse(countries).exists()) < len(countries):
            problems["nationality_id"] = self.env._("This country is not in the list.")
        kinds = self.env["hotel.guest.document"]._fields["document_type"].get_values(self.env)
        if facts["document_number"] and facts["document_type"] not in kinds:
            problems["document_type"] = self.env._("Please choose the kind of document.")

    @api.model
    def _prepare_hotel_guest_vals(self, facts):
        """Return values of the new guest; other addons add to them."""
        vals = {
            "is_hotel_guest": True,
            "name": facts["name"],
            "hotel_gender": facts["gender"] or False,
            "hotel_birth_date": facts["birth_date"],
            "hotel_nationality_id": facts["nationality_id"] or False,
            "phone": facts["phone"] or False,
            "email": facts["email"] or False,
            "company_id": False,
        }
        if facts["lang"]:
            vals["lang"] = facts["lang"]
        return vals

    def _create_hotel_consents(self, facts):
        """Note what the guest said to offers at the desk."""
        channels = [name for name in ("email", "sms") if facts[f"consent_{name}"]]
        # whoever registers the guest notes what he or she said, also roles that record no consents
        self.env["hotel.consent"].sudo().create(
            [
                {
                    "partner_id": self.id,
                    "purpose": "offer",
                    "channel": channel,
                    "state": "given",
                    "source": "desk",
                    "user_id": self.env.uid,
                }
                for channel in channels
            ]
        )

    def _create_hotel_document(self, facts):
        """Note the document that the guest showed; for those who may write documents."""
        if not facts["document_number"]:
            return
        self.env["hotel.guest.document"].create(
            {
                "partner_id": self.id,
                "document_type": facts["document_type"],
                "country_id": facts["document_country_id"] or False,
                "number_input": facts["document_number"],
            }
        )
