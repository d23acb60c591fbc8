"""What is counted for the credit of payers: one query per source for thousands of them."""

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

#: what is older than this has been lived down
MONTHS = 24


class HotelCreditFacts(models.AbstractModel):
    """Facts about payers that their credit is scored by."""

    _name = "hotel.credit.facts"
    _description = "Facts of Credit"

    @api.model
    def _get_facts(self, partners, company, today):
        """Return what is known about payers at a company.

        :param res.partner partners: any number
        :param date today: facts of the last 24 months are counted
        :returns: partner id to (factor to its number); the factor ``survey`` goes from -50 to 50
        :rtype: dict[int, dict[str, float]]
        """
        self.env.flush_all()
        facts = {partner_id: {} for partner_id in partners.ids}
        since = today - relativedelta(months=MONTHS)
        for query in self._get_credit_queries(partners.ids, company.id, since, today).values():
            self.env.cr.execute(query)
            names = [column.name for column in self.env.cr.description[1:]]
            for partner_id, *numbers in self.env.cr.fetchall():
                for name, number in zip(names, numbers, strict=True):
                    if number is not None:
                        facts[partner_id][name] = facts[partner_id].get(name, 0) + float(number)
        for numbers in facts.values():
            # what guests consume and what payers of others are billed are one spend, not two
            numbers["spend"] = round(max(numbers.get("spend", 0), numbers.pop("billed", 0)), 2)
        return facts

    @api.model
    def _get_credit_queries(self, ids, company_id, since, today):
        """Hook: return queries of one row per payer: ``partner_id``, then numbers named as their factors.

        Numbers of several queries with one name are added up.

        :param list[int] ids: partners
        :rtype: dict[str, SQL]
        """
        values = {"ids": ids, "company": company_id, "since": since, "today": today}
        return {
            "stay": self._get_stay_query(values),
            "consumption": self._get_consumption_query(values),
            "invoice": self._get_invoice_query(values),
            "damage": self._get_damage_query(values),
            "survey": self._get_survey_query(values),
        }

    @api.model
    def _get_stay_query(self, values):
        """Return the query of stays: those of a guest, and those that a payer pays for."""
        return SQL(
            """SELECT facts.partner_id,
                      count(*) FILTER (WHERE %(taken)s AND facts.arrival_date >= %(since)s) AS stay,
                      (%(today)s::date - min(facts.arrival_date) FILTER (WHERE %(taken)s)) * 12 / 365 AS month,
                      count(*) FILTER (WHERE facts.state = 'no_show' AND facts.arrival_date >= %(since)s) AS no_show,
                      count(*) FILTER (WHERE facts.is_late AND facts.arrival_date >= %(since)s) AS late_cancel
                 FROM (SELECT stay.partner_id, stay.state, stay.arrival_date,
                              stay.state = 'cancelled' AND stay.cancelled_at > reservation.free_until_at AS is_late
                         FROM hotel_stay stay
                         LEFT JOIN hotel_reservation reservation ON reservation.id = stay.reservation_id
                        WHERE stay.partner_id = ANY(%(ids)s) AND stay.company_id = %(company)s
                       UNION ALL
                       SELECT reservation.payer_id, stay.state, stay.arrival_date,
                              stay.state = 'cancelled' AND stay.cancelled_at > reservation.free_until_at
                         FROM hotel_reservation reservation
                         JOIN hotel_stay stay ON stay.reservation_id = reservation.id
                        WHERE reservation.payer_id = ANY(%(ids)s) AND reservation.company_id = %(company)s
                          AND stay.partner_id IS DISTINCT FROM reservation.payer_id) facts
                GROUP BY facts.partner_id""",
            taken=SQL("facts.state IN ('in_house', 'departed')"),
            **values,
        )

    @api.model
    def _get_consumption_query(self, values):
        """Return the query of what guests spent, in the company's currency at the rate of each day."""
        amount = self.env["res.currency"]._get_day_amount(
            SQL("line.amount_gross"), SQL("line.currency_id"), SQL("company"), SQL("line.business_date")
        )
        return SQL(
            """SELECT line.partner_id, sum(%(amount)s) AS spend
                 FROM hotel_consumption line JOIN res_company company ON company.id = line.company_id
                WHERE line.partner_id = ANY(%(ids)s) AND line.company_id = %(company)s
                  AND line.business_date >= %(since)s
                GROUP BY line.partner_id""",
            amount=amount,
            **values,
        )

    @api.model
    def _get_invoice_query(self, values):
        """Return the query of invoices: what payers were billed and have paid, and what is overdue.

        Invoices to an address of a company are the company's too.
        """
        return SQL(
            """SELECT payer.id, sum(move.amount_total_signed - move.amount_residual_signed) AS billed,
                      count(*) FILTER (WHERE move.amount_residual > 0 AND move.invoice_date_due < %(today)s) AS overdue
                 FROM res_partner payer
                 JOIN account_move move ON move.commercial_partner_id = payer.commercial_partner_id
                      AND (payer.id = payer.commercial_partner_id OR move.partner_id = payer.id)
                WHERE payer.id = ANY(%(ids)s) AND move.company_id = %(company)s AND move.state = 'posted'
                  AND move.move_type = 'out_invoice'
                  AND (move.invoice_date >= %(since)s OR move.amount_residual > 0)
                GROUP BY payer.id""",
            **values,
        )

    @api.model
    def _get_damage_query(self, values):
        """Return the query of damage: recorded by staff, and the reason of a block."""
        return SQL(
            """SELECT facts.partner_id, sum(facts.number) AS damage
                 FROM (SELECT record.partner_id, count(*) AS number
                         FROM hotel_service_record record
                         JOIN hotel_service_kind kind ON kind.id = record.kind_id AND kind.is_damage
                        WHERE record.partner_id = ANY(%(ids)s) AND record.company_id = %(company)s
                          AND record.served_at >= %(since)s
                        GROUP BY record.partner_id
                       UNION ALL
                       SELECT id, 1 FROM res_partner WHERE id = ANY(%(ids)s) AND hotel_block_reason = 'damage') facts
                GROUP BY facts.partner_id""",
            **values,
        )

    @api.model
    def _get_survey_query(self, values):
        """Return the query of the last answers about payers, as far as they are from 50."""
        return SQL(
            """SELECT DISTINCT ON (partner_id) partner_id, score - 50 AS survey
                 FROM hotel_credit_investigation
                WHERE partner_id = ANY(%(ids)s) AND company_id = %(company)s AND state = 'received'
                  AND received_date >= %(since)s
                ORDER BY partner_id, received_date DESC, id DESC""",
            **values,
        )
