"""Run in odoo shell: writes what all records with an XML id hold, so that two databases can be compared.

TOLD names the file: {xml id: {field: value}}, ids replaced by XML ids, texts in each language; noupdate is told, too.
"""
import hashlib
import json
import os
import re
from collections import defaultdict

#: what a record does or has done since it was made, or who made it
PASSING = {
    "create_uid", "create_date", "write_uid", "write_date", "nextcall", "lastcall", "failure_count",
    "first_failure_date", "number_next", "arch_prev", "access_token", "session_code", "password", "parent_path",
    "login_date", "complete_name", "color", "arch_updated", "arch_fs", "last_seen", "message_ids",
    "message_main_attachment_id", "inherited_model_ids", "model_ids", "view_ids", "modules", "users", "user_ids",
    "all_user_ids", "child_ids",
    "ir.actions.client.params_store",  # the id of a dashboard
}
#: models whose records are compared whatever addon they are of; of other addons only what they allow
EVERYBODYS = {"ir.model.access", "ir.rule", "ir.cron", "res.groups", "res.groups.privilege"}
#: models whose records should all have an XML id
NAMED = EVERYBODYS | {"ir.ui.view", "ir.ui.menu", "mail.template", "sms.template", "ir.actions.report"}
LANGS = ("en_US", "zh_CN")
ACTION = re.compile(r'name="(\d+)"')
DOMAIN = re.compile(r"\[\d+\]")


class Teller:
    """Turns records into texts that are the same in two databases when the records are."""

    def __init__(self, env):
        self.env = env
        self.names = defaultdict(dict)
        for row in env["ir.model.data"].search([], order="module desc, name desc"):
            self.names[row.model][row.res_id] = f"{row.module}.{row.name}"
        self.actions = {id_: name for model, names in self.names.items() if model.startswith("ir.actions.")
                        for id_, name in names.items()}

    def tell_all(self):
        """Return all, and beside it what has no XML id though it should: rules, rights, jobs, views, parameters."""
        told = {}
        for model, names in sorted(self.names.items()):
            if model.startswith("ir.model") and model != "ir.model.access":
                continue  # told below, by their own names; XML ids of what two addons share depend on which came first
            if model not in self.env or not self.env[model]._auto or self.env[model]._transient:
                continue
            ids = [id_ for id_, name in names.items() if model in EVERYBODYS or name.startswith("hotel_crm")]
            for record in self.env[model].with_context(active_test=False, lang=None).browse(ids).exists():
                told[f"{model} {names[record.id]}"] = self.tell(record)
        # the words of Odoo's own field come when the addon Ratings is upgraded itself
        ours = ["|", ("model", "like", "hotel"), ("name", "like", "hotel"), ("name", "!=", "rating_ids")]
        for field in self.env["ir.model.fields"].search(ours):
            told[f"field {field.model}.{field.name}"] = self.tell(field)
            for choice in field.selection_ids:
                told[f"choice {field.model}.{field.name} {choice.value}"] = self.tell(choice)
        for model in sorted(NAMED & set(self.env)):
            known = list(self.names[model])
            for record in self.env[model].with_context(active_test=False).search([("id", "not in", known)]):
                told[f"{model} without XML id: {record.display_name}"] = {}
        return told

    def tell(self, record):
        fields = [
            field for field in record._fields.values()
            if field.store and field.name not in PASSING and field.name != "id" and field.type != "one2many"
            and f"{record._name}.{field.name}" not in PASSING
        ]
        return {field.name: self.tell_value(record, field) for field in fields}

    def tell_value(self, record, field):
        if field.translate:
            texts = [self.plain(record.with_context(lang=lang)[field.name]) for lang in LANGS]
            return [self.name_actions(text) for text in texts] if field.name == "arch_db" else texts
        value = record[field.name]
        if field.type in ("many2one", "many2many"):
            return sorted(map(self.refer, value))
        if field.type == "many2one_reference":
            model = record[field.model_field]
            return self.refer(self.env[model].browse(value)) if value and model in self.env else None
        if field.type == "reference":
            return self.refer(value) if value else None
        return self.plain(value)

    def name_actions(self, text):
        """Buttons name actions by their ids, domains groups by theirs."""
        named = ACTION.sub(lambda found: f'name="{self.actions.get(int(found[1]), found[1])}"', text or "")
        return DOMAIN.sub("[#]", named)

    def refer(self, record):
        name = self.names[record._name].get(record.id)
        return name or f"{record._name} {record.display_name if record.exists() else 'gone'}"

    @staticmethod
    def plain(value):
        if isinstance(value, bytes):
            return hashlib.sha256(value).hexdigest()[:16]
        return value if isinstance(value, (bool, int, float, type(None))) else str(value)


def main(env):
    told = Teller(env).tell_all()
    frozen = {f"{row.model} {row.module}.{row.name}" for row in env["ir.model.data"].search([("noupdate", "=", True)])}
    told["parameters"] = {
        row.key: row.value for row in env["ir.config_parameter"].search([]) if row.key.startswith("hotel")
    }
    with open(os.environ["TOLD"], "w", encoding="utf-8") as file:
        json.dump({"records": told, "frozen": sorted(frozen & set(told))}, file, ensure_ascii=False, sort_keys=True)


main(env)  # noqa: F821  odoo shell gives it
