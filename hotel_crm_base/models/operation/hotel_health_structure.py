from odoo import api, models
from odoo.orm.table_objects import Constraint, Index
from odoo.tools import SQL, sql
from odoo.tools.translate import LazyTranslate

from .health_parts import Check, Finding

_lt = LazyTranslate(__name__)

#: names of an answer that are shown
SHOWN = 8


class HotelHealth(models.AbstractModel):
    _inherit = "hotel.health"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "indexes": Check("structure", _lt("Indexes are there"), "_find_missing_indexes", is_costly=True),
            "constraints": Check(
                "structure", _lt("Constraints are there"), "_find_missing_constraints", is_costly=True),
            "guards": Check("structure", _lt("Append-only tables are guarded"), "_find_missing_triggers"),
            "extensions": Check("structure", _lt("Extensions of PostgreSQL"), "_find_missing_extensions"),
        }

    @api.model
    def _get_guards(self):
        """Hook: return the names of the triggers that keep tables append-only.

        :rtype: list[str]
        """
        return [
            "hotel_access_log_guard", "hotel_access_log_guard_truncate",
            "hotel_merge_guard", "hotel_merge_guard_truncate",
        ]

    @api.model
    def _find_missing_indexes(self):
        """Compare the indexes that our models declare with those of the database that are valid."""
        wanted = set()
        for model in self._get_own_models():
            wanted.update(
                sql.make_index_name(model._table, field.name)
                for field in model._fields.values()
                if field.store and field.column_type and field.index and _is_own(field) and not (
                    field.translate and field.index != "trigram")
            )
            wanted.update(
                declared.full_name(model)
                for declared in model._table_objects.values()
                if isinstance(declared, Index) and declared._module.startswith("hotel_crm")
                and declared.get_definition(model.pool)
            )
        there = {name for (name,) in self.env.execute_query(
            SQL("""SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                    WHERE i.indisvalid AND i.indisready AND c.relnamespace = current_schema::regnamespace"""))}
        return self._as_findings("index_missing", wanted - there)

    @api.model
    def _find_missing_constraints(self):
        """Compare checks, foreign keys and required columns that our models declare with those of the database."""
        wanted, foreign, required = set(), set(), set()
        for model in self._get_own_models():
            wanted.update(
                declared.full_name(model)
                for declared in model._table_objects.values()
                if isinstance(declared, Constraint) and declared._module.startswith("hotel_crm")
            )
            for field in model._fields.values():
                if not (field.store and field.column_type and _is_own(field)):
                    continue
                if field.required:
                    required.add(f"{model._table}.{field.name}")
                if field.type == "many2one" and self._is_table(field.comodel_name):
                    foreign.add(f"{model._table}.{field.name}")
        return self._as_findings("constraint_missing", [
            *sorted(wanted - self._query_constraints()),
            *sorted(foreign - self._query_foreign_keys()),
            *sorted(required - self._query_required()),
        ])

    @api.model
    def _find_missing_triggers(self):
        there = {name for (name,) in self.env.execute_query(
            SQL("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"))}
        missing = sorted(set(self._get_guards()) - there)
        return [Finding("trigger_missing", {"names": missing, "count": len(missing)})] if missing else []

    @api.model
    def _find_missing_extensions(self):
        rows = self.env.execute_query(
            SQL("""SELECT 'pg_trgm' WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')
                    UNION ALL SELECT 'unaccent' WHERE NOT EXISTS (SELECT FROM pg_proc
                          WHERE proname = 'unaccent' AND pronargs = 1 AND provolatile = 'i')"""))
        names = [name for (name,) in rows]
        return [Finding("extension_missing", {"names": names, "count": len(names)})] if names else []

    @api.model
    def _get_own_models(self):
        """Return the models with a table, ours and those that we extend.

        :rtype: list
        """
        return [self.env[name] for name in self.env.registry if self._is_table(name)]

    @api.model
    def _is_table(self, name):
        model = self.env.registry.get(name)
        return bool(model is not None and model._auto and not model._abstract and not model._table_query)

    @api.model
    def _as_findings(self, code, missing):
        names = list(missing) if isinstance(missing, list) else sorted(missing)
        if not names:
            return []
        shown = names[:SHOWN] + (["..."] if len(names) > SHOWN else [])
        return [Finding(code, {"names": shown, "count": len(names)})]

    @api.model
    def _query_constraints(self):
        return {name for (name,) in self.env.execute_query(
            SQL("""SELECT conname FROM pg_constraint
                    WHERE convalidated AND connamespace = current_schema::regnamespace"""))}

    @api.model
    def _query_foreign_keys(self):
        return {name for (name,) in self.env.execute_query(
            SQL("""SELECT concat(c.relname, '.', a.attname) FROM pg_constraint k
                     JOIN pg_class c ON c.oid = k.conrelid
                     JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
                    WHERE k.contype = 'f' AND k.connamespace = current_schema::regnamespace"""))}

    @api.model
    def _query_required(self):
        return {name for (name,) in self.env.execute_query(
            SQL("""SELECT concat(c.relname, '.', a.attname) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                    WHERE a.attnotnull AND a.attnum > 0 AND c.relkind = 'r'
                      AND c.relnamespace = current_schema::regnamespace"""))}


def _is_own(field):
    """Return whether an addon of ours has a part in a field."""
    return any(module.startswith("hotel_crm") for module in field._modules)
