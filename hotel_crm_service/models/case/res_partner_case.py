"""A guest and his or her cases: what others are told before they meet or write to the guest."""

from odoo import fields, models

from .hotel_case import DONE

#: what the hotel does not send while a complaint is open
SILENT = ("offer", "greeting", "profiling", "sharing")
MOST_FLAGS = 3


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_flagged_case_ids = fields.One2many(
        "hotel.case", "partner_id", string="Cases to Know Of", groups="hotel_crm_base.group_staff",
        domain=["|", ("state", "not in", DONE), ("is_alert", "=", True)],
    )  # fmt: skip

    def _get_hotel_contact_block(self, purpose):
        reasons = super()._get_hotel_contact_block(purpose)
        if purpose in SILENT and self._find_open_complaints():
            reasons.append(self.env._("A complaint is open."))
        return reasons

    def _get_hotel_contact_suspects(self, purpose):
        suspects = super()._get_hotel_contact_suspects(purpose)
        return suspects | self._find_open_complaints().partner_id.with_env(self.env) if purpose in SILENT else suspects

    def _find_open_complaints(self):
        """Return the open complaints of these guests, wherever they are: one query for thousands.

        :rtype: hotel.case, with sudo
        """
        # that there is one is asked, not which
        return self.env["hotel.case"].sudo().search(
            [("partner_id", "in", self.ids), ("kind", "=", "complaint"), ("state", "not in", DONE)]
        )

    def _get_hotel_flags(self):
        return super()._get_hotel_flags() + self._get_hotel_case_flags()

    def _get_hotel_case_flags(self):
        """Return flags of open cases, and of complaints that staff should know of when the guest is next met.

        Another hotel of the chain learns that there is one and where, not what it says.

        :rtype: list[tuple[str, str]]
        """
        # that there is one is everybody's to know who meets the guest; lists ask for many guests at once
        flagged = self.sudo().hotel_flagged_case_ids.filtered(lambda case: case.is_open or case.is_alert)
        kinds = dict(flagged._fields["kind"]._description_selection(self.env))
        flags = []
        for case in flagged.sorted("id", reverse=True)[:MOST_FLAGS]:
            what = case.subject if case.is_shown else case.property_id.name
            texts = {"kind": kinds[case.kind], "case": case.name, "what": what}
            if case.is_open:
                level = "danger" if case.kind == "complaint" else "warning"
                flags.append((level, self.env._("Open %(kind)s %(case)s: %(what)s", **texts)))
            else:
                flags.append(("warning", self.env._("Last time %(kind)s %(case)s: %(what)s", **texts)))
        return flags

    def _hotel_merge_map(self):
        return {**super()._hotel_merge_map(), "hotel.case": "partner_id"}

    def _hotel_anonymize(self):
        """What a guest said and sent goes; that there was a case, its times and what it cost stay."""
        # closed to those who may erase but not see
        cases = self.env["hotel.case"].sudo().search([("partner_id", "in", self.ids)])
        files = self.env["ir.attachment"].sudo()
        files.search([("res_model", "=", "hotel.case"), ("res_id", "in", cases.ids)]).unlink()
        cases.message_ids.unlink()
        cases.rating_ids.write({"feedback": False})
        cases.label_ids.write({"words": False})
        cases.with_context(tracking_disable=True).write(
            {
                "subject": self.env._("Erased"),
                "description": False,
                "solution": False,
                "contact_name": False,
                "contact_email": False,
                "contact_phone": False,
                "access_token": False,
                "is_alert": False,
            }
        )
        return super()._hotel_anonymize()

    def _hotel_export(self):
        data = super()._hotel_export()
        # closed to those who may export but not see
        cases = self.env["hotel.case"].sudo().search([("partner_id", "=", self.id)], order="id")
        data[self.env._("Cases")] = [
            {
                "number": case.name,
                "hotel": case.property_id.name,
                "kind": case.kind,
                "created": case.create_date,
                "subject": case.subject,
                "text": case.description,
                "state": case.state,
                "talk": [f"{word['date']} {word['text']}" for word in case._get_talk()],
            }
            for case in cases
        ]
        return data
