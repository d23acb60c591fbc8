"""What the jobs go by, written by Odoo: run inside ``odoo shell`` by setup/mine.

``words.json`` holds SQL of the addons for the export, ``rules.json`` what the engines are asked with.
"""

import json
import os
import pathlib

from odoo import fields
from odoo.tools import SQL

from odoo.addons.hotel_crm_base.matching import blocks, duplicates
from odoo.addons.hotel_crm_base.models.guest import hotel_duplicate_search as search
from odoo.addons.hotel_crm_base.models.insight import hotel_value_fit as fit


def as_text(env, sql):
    return env.cr.mogrify(sql.code, sql.params).decode()


def get_words(env):
    """Return the SQL that stands in the export's queries."""
    amounts = {
        name: env["res.currency"]._get_day_amount(
            SQL.identifier("fact", f"amount_{name}"), SQL("fact.currency_id"), SQL("company"), SQL("fact.business_date")
        )
        for name in ("gross", "net")
    }
    keys = env["hotel.duplicate.candidate"]._get_key_query()
    return {name: as_text(env, sql) for name, sql in {**amounts, "keys": keys}.items()}


def get_rules(env):
    """Return limits and dates of the engines, and whom to value."""
    models = env["hotel.value.model"].search([("property_id", "=", False)])
    return {
        "exported_at": fields.Datetime.to_string(fields.Datetime.now()),
        "values": [
            {
                "id": model.id, "company_id": model.company_id.id, "limits": model._get_limits(),
                "today": fields.Date.to_string(fields.Date.context_today(model)),
                "parts": fit.PARTS, "most": fit.FIT_GUESTS,
            }
            for model in models
        ],
        "most": [most for most, _fields in blocks.KINDS.values()],
        "threshold": duplicates.REVIEW,
        "learn_all": search.LEARN_ALL, "learn_kind": search.LEARN_KIND, "random": search.RANDOM_GUESTS,
    }  # fmt: skip


env = env  # noqa: F821, PLW0127  the shell's own
env["hotel.guest.token"]._flush_waiting()
env.cr.commit()
folder = pathlib.Path(os.environ["MINING_FOLDER"])
(folder / "words.json").write_text(json.dumps(get_words(env)))
(folder / "rules.json").write_text(json.dumps(get_rules(env)))
