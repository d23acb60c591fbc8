"""Joining online: by a guest who is logged in, or by a visitor who first proves an e-mail address."""

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from odoo.addons.hotel_crm_base import contact, visitor

_lt = LazyTranslate(__name__)

#: what names the links of this page among everything that this database signs
LINK = "hotel-member-link"
LINK_HOURS = 24
#: box of the form -> what is agreed to: purpose and channel
WISHES = {"offer_email": ("offer", "email"), "offer_sms": ("offer", "sms"), "profiling": ("profiling", "any")}
MESSAGES = {
    "not_agreed": _lt("Please agree to the rules of the programme."),
    "birth_missing": _lt("Please enter your date of birth: members have to be of age."),
    "name_missing": _lt("Please enter your name."),
}


class HotelMemberPage(models.AbstractModel):
    _inherit = "hotel.member.page"

    @api.model
    def _explain(self, code):
        """Return a sentence for a visitor.

        :param str code: key of MESSAGES
        :rtype: str
        """
        return self.env._(MESSAGES[code])

    @api.model
    def _asks_birth_date(self, program, partner):
        """Return whether joining needs a date of birth that is not known yet.

        :rtype: bool
        """
        return bool(self._get_terms(program).version.accounts.minimum_age) and not partner.hotel_birth_date

    @api.model
    def _read_join_form(self, program, partner, values):
        """Return what a guest wrote and sentences about what is wrong with it.

        :param values: as they came with the request
        :returns: facts (birth_date, wishes: list of keys of WISHES), problems (field to sentence)
        :rtype: tuple[dict, dict]
        """
        problems = {}
        facts = {"birth_date": None, "wishes": [name for name in WISHES if values.get(name)]}
        if not values.get("agreed"):
            problems["agreed"] = self._explain("not_agreed")
        if self._asks_birth_date(program, partner):
            facts["birth_date"], problem = self._read_birth_date(values.get("birth_date"))
            if problem:
                problems["birth_date"] = problem
        return facts, problems

    @api.model
    def _read_birth_date(self, text):
        """Return a date of birth and what is wrong with it (a sentence, or empty).

        :rtype: tuple[date | None, str]
        """
        born = visitor.read_date(text)
        if not born:
            return None, self._explain("birth_missing")
        try:
            # guests have no rights on guests; this one is nobody yet
            self.env["res.partner"].sudo().new({"hotel_birth_date": born})._check_hotel_birth_date()
        except ValidationError as error:
            return None, str(error)
        return born, ""

    @api.model
    def _join_online(self, program, partner, facts):
        """Make the guest who is logged in a member, and keep what was agreed to with its proof.

        :param loyalty.program program: with sudo
        :param res.partner partner: the guest who is logged in, with sudo
        :param dict facts: as `_read_join_form` has returned them, without problems
        :rtype: loyalty.card, with sudo
        :raises UserError: the rules do not let this guest in; the sentence is for the guest
        """
        if partner.hotel_is_blocked:
            raise UserError(self.env["hotel.booking.page"]._get_refusal())
        vals = {}
        if facts["birth_date"]:
            vals["hotel_birth_date"] = facts["birth_date"]
        if not partner.is_hotel_guest:
            vals |= {"is_hotel_guest": True, "hotel_is_to_match": self._is_known_elsewhere(partner)}
        if vals:
            partner.write(vals)
        card = program._hotel_join(partner)
        agreed = [("loyalty", "any"), *(WISHES[name] for name in facts["wishes"])]
        self._record_consents(partner, agreed, "given", program)
        return card

    @api.model
    def _is_known_elsewhere(self, partner):
        """Return whether somebody else has this address or number: the desk then looks who it is.

        :rtype: bool
        """
        known = Domain.FALSE
        if partner.email_normalized:
            known |= Domain("email_normalized", "=", partner.email_normalized)
        if partner.phone_sanitized:
            known |= Domain("phone_sanitized", "=", partner.phone_sanitized)
        return bool(partner.search_count(known & Domain("is_hotel_guest", "=", True), limit=1))

    @api.model
    def _record_consents(self, partner, agreed, state, program=None):
        """Record what a guest has just decided on a page.

        :param list agreed: pairs of purpose and channel
        :param str state: given or withdrawn
        :param loyalty.program program: whose rules were shown, where it is about them
        """
        texts = f"{program.hotel_code}/{program.hotel_revision_id.number}" if program else "profile/1"
        path = f"/hotel/club/{program.hotel_code}/join" if program else "/my/profile"
        # guests decide for themselves, and have no rights on the records of it
        self.env["hotel.consent"].sudo().create(
            [
                {
                    "partner_id": partner.id,
                    "purpose": purpose,
                    "channel": channel,
                    "state": state,
                    "source": "web",
                    "text_version": texts,
                    "proof": self.env._("Form at %(path)s, login no. %(user)s", path=path, user=self.env.uid),
                }
                for purpose, channel in agreed
            ]
        )

    # ---- without an account -------------------------------------------------------------------

    @api.model
    def _is_signup_open(self):
        """Return whether Odoo lets everybody make an account.

        :rtype: bool
        """
        return self.env["res.users"].sudo()._get_signup_invitation_scope() == "b2c"

    @api.model
    def _send_join_link(self, program, email):
        """Send a link to an address: to make an account, or to log in where there is one.

        Says nothing: whoever asks is not to learn which of them was sent.

        :param str email: as it is stored
        """
        # visitors have no rights on users
        users = self.env["res.users"].sudo()
        login = Domain("login", "=ilike", tools.escape_psql(email))
        known = users.search_count(login | Domain("partner_id.email_normalized", "=", email.lower()), limit=1)
        path = f"/hotel/club/{program.hotel_code}/"
        values = {"club": self, "program": program, "is_known": bool(known), "hours": LINK_HOURS, "path": f"{path}join"}
        if not known:
            token = tools.hash_sign(self.env(su=True), LINK, [email, program.hotel_code], expiration_hours=LINK_HOURS)
            values["path"] = f"{path}account?token={token}"
        values["url"] = self.get_base_url() + values["path"]
        company = program.company_id or self.env.company.sudo()
        body = self.env["ir.qweb"].sudo()._render("hotel_crm_loyalty.member_link_mail", values)
        # an address without a guest: there is nobody yet whom the gate of messages could ask about
        self.env["mail.mail"].sudo().create(
            {
                "subject": self.env._("Your membership: %(name)s", name=program.name),
                "body_html": body,
                "email_from": company.email_formatted or self.env.ref("base.user_root").sudo().email_formatted,
                "email_to": email,
                "auto_delete": True,
            }
        )

    @api.model
    def _read_join_link(self, program, token):
        """Return the address that a link of `_send_join_link` proves; empty where it proves none, or no more.

        :rtype: str
        """
        try:
            email, code = tools.verify_hash_signed(self.env(su=True), LINK, token) or ("", "")
        except (TypeError, ValueError):
            return ""
        return email if code == program.hotel_code else ""

    @api.model
    def _prepare_account(self, program, email, values):
        """Return where a visitor with a proven address makes an account, and what is wrong with the form.

        Whoever is known with this address already is neither found nor told: the desk matches the new guest.

        :returns: address of Odoo's page, problems (field to sentence)
        :rtype: tuple[str, dict]
        """
        name = contact.clean_name(str(values.get("name") or ""))[: visitor.MAX_NAME]
        if not any(sign.isalpha() for sign in name):
            return "", {"name": self._explain("name_missing")}
        target = f"/hotel/club/{program.hotel_code}/join"
        partner = self._find_invited(email)
        if not partner:
            partner = self.env["res.partner"].sudo().create(
                {
                    "name": name,
                    "email": email,
                    "lang": self.env.lang,
                    "is_hotel_guest": True,
                    "hotel_is_to_match": True,
                    "company_id": False,
                }
            )
            partner.signup_prepare()
        address = partner.with_context(relative_url=True)._get_signup_url_for_action(url=target)[partner.id]
        return address, {}

    @api.model
    def _find_invited(self, email):
        """Return the guest whom an earlier click on the same link has made, where there is no account yet."""
        # visitors have no rights on guests; the address is proven
        since = fields.Datetime.subtract(fields.Datetime.now(), hours=LINK_HOURS)
        domain = [
            ("email_normalized", "=", email.lower()),
            ("hotel_is_to_match", "=", True),
            ("signup_type", "=", "signup"),
            ("user_ids", "=", False),
            ("create_date", ">=", since),
        ]
        return self.env["res.partner"].sudo().search(domain, limit=1)
