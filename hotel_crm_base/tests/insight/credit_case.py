"""What tests of credit share: people of finance and an approver, standards in round numbers."""

from datetime import date

from odoo import fields

TODAY = date(2026, 5, 20)


class CreditMakers:
    """Payers, standards, people; on top of the makers of hotels."""

    @classmethod
    def _make_credit_scene(cls):
        cls.company = cls.hotel.company_id
        cls.clerk = cls._make_user("finance", login="credit_finance")
        cls.approver = cls._make_user("approver", login="credit_approver")
        cls.desk = cls._make_user("front_office", login="credit_desk")
        standards = cls.env["hotel.credit.standard"].search([("company_id", "=", cls.company.id)])
        cls.grades = {standard.name: standard for standard in standards}
        cls.grades["A"].write({"amount_min": 1000, "amount_max": 5000})

    @classmethod
    def _make_payer(cls, name="Acme Travel", **values):
        return cls.env["res.partner"].create({"name": name, "is_company": True, **values})

    def _propose(self, partner, user=None, **values):
        return partner.with_user(user or self.clerk)._propose_hotel_credit(self.company, **values)

    def _grant(self, partner, grade="A", limit=1000.0):
        """Let a payer have a grade, by the way that people take."""
        proposed = self._propose(partner)
        proposed.with_user(self.approver)._approve(self.grades[grade], limit, "As agreed")
        partner.invalidate_recordset()
        return proposed.sudo()

    @classmethod
    def _make_invoice(cls, partner, amount, day, **values):
        """Make a posted invoice that is due the same day."""
        move = cls.env["account.move"].with_company(cls.hotel.company_id).create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": day,
                "invoice_date_due": day,
                "invoice_line_ids": [
                    fields.Command.create({"name": "Nights", "price_unit": amount, "tax_ids": [fields.Command.clear()]})
                ],
                **values,
            }
        )
        move.action_post()
        return move
