"""A database of its own for a test that installs, upgrades and uninstalls."""
import os
import shutil
import subprocess

import psycopg2

#: what a database consists of, apart from what extensions bring; each query gives one text per thing
SCHEMA = {
    "tables": """
        SELECT concat_ws(' ', relkind, relname) FROM pg_class WHERE relkind IN ('r', 'v', 'm', 'S', 'p') {public}""",
    "columns": """
        SELECT concat_ws(' ', relname, attname, format_type(atttypid, atttypmod), attnotnull)
          FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
         WHERE attnum > 0 AND NOT attisdropped AND relkind = 'r' {public}""",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": """
        SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace
           AND conname <> 'rule_group_rel_group_id_fkey'""",  # core declares it twice, the last one loaded wins
    "functions": """
        SELECT concat_ws(' ', proname, pg_get_function_identity_arguments(oid), md5(prosrc)) FROM pg_proc
         WHERE pronamespace = 'public'::regnamespace
           AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')""",
    "triggers": "SELECT concat_ws(' ', tgenabled, pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal",
}
PUBLIC = "AND relnamespace = 'public'::regnamespace"
#: what the addons declare: names, and what they hold
DECLARED = {
    "xml ids": "SELECT concat_ws(' ', module, name, model, res_id, noupdate) FROM ir_model_data",
    "views": "SELECT concat_ws(' ', id, md5(arch_db::text)) FROM ir_ui_view",
    "fields": "SELECT concat_ws(' ', model, name, ttype, relation, store) FROM ir_model_fields",
    "access": """
        SELECT concat_ws(' ', name, model_id, group_id, perm_read, perm_write, perm_create, perm_unlink)
          FROM ir_model_access""",
    "rules": "SELECT concat_ws(' ', name, model_id, domain_force, active) FROM ir_rule",
    "crons": "SELECT concat_ws(' ', cron_name, interval_number, interval_type, active) FROM ir_cron",
    "parameters": "SELECT concat_ws(' ', key, value) FROM ir_config_parameter WHERE key NOT LIKE 'database.%'",
    "groups": "SELECT concat_ws(' ', gid, hid) FROM res_groups_implied_rel",
}


class Database:
    """A copy of the template, reached by the command ``odoo`` and by plain SQL."""

    def __init__(self, name):
        self.name = name
        self.files = os.path.join(self.data_dir(), "filestore")

    @staticmethod
    def data_dir():
        with open(os.environ["ODOO_RC"]) as conf:
            return next(line.split("=", 1)[1].strip() for line in conf if line.startswith("data_dir"))

    def create(self, template=None):
        """Make it, of the template of what ours depend on where none is named."""
        template = template or os.environ["HOTEL_CRM_TEMPLATE"]
        self.drop()
        subprocess.run(["createdb", "-T", template, self.name], check=True)
        shutil.copytree(os.path.join(self.files, template), os.path.join(self.files, self.name), dirs_exist_ok=True)

    def rename(self, name):
        """Give it a name that nobody has; where somebody was faster, his is the same."""
        shutil.copytree(os.path.join(self.files, self.name), os.path.join(self.files, name), dirs_exist_ok=True)
        rename = f'ALTER DATABASE "{self.name}" RENAME TO "{name}"'
        subprocess.run(["psql", "-qd", "postgres", "-c", rename], check=False, capture_output=True)
        self.drop()

    def list_modules(self):
        """Let the database know the addons of today: the template may be older than one of them."""
        script = 'env["ir.module.module"].update_list(); env.cr.commit()'
        subprocess.run(
            ["odoo", "shell", "-d", self.name, "--no-http", "--log-level=error"],
            input=script, text=True, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": ""},
        )

    def drop(self):
        subprocess.run(["dropdb", "--if-exists", "--force", self.name], check=True, capture_output=True)
        shutil.rmtree(os.path.join(self.files, self.name), ignore_errors=True)

    def odoo(self, *arguments):
        """Run the command to its end; return the warnings and errors that it logged."""
        done = subprocess.run(
            ["odoo", *arguments], capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": ""},
        )
        log = [line for line in done.stderr.splitlines() if any(f" {level} {self.name} " in line for level in (
            "WARNING", "ERROR", "CRITICAL"))]
        assert done.returncode == 0, done.stderr[-8000:]
        return log

    def serve_once(self, *arguments):
        return self.odoo("-d", self.name, "--stop-after-init", "--no-http", "--log-level=warn", *arguments)

    def uninstall(self, addon):
        return self.odoo("module", "uninstall", "-d", self.name, addon)

    def column(self, query):
        connection = psycopg2.connect(dbname=self.name)
        try:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return [row[0] for row in cursor.fetchall()]
        finally:
            connection.close()

    def schema(self):
        return {kind: set(self.column(query.replace("{public}", PUBLIC))) for kind, query in SCHEMA.items()}

    def declared(self):
        return {kind: set(self.column(query)) for kind, query in DECLARED.items()}

    def row_counts(self):
        tables = self.column("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return {table: self.column(f'SELECT count(*) FROM "{table}"')[0] for table in tables}  # noqa: S608


def differences(before, after):
    """What came and went between two snapshots, one line each."""
    for kind in before:
        yield from (f"{kind}: new {thing}" for thing in sorted(after[kind] - before[kind]))
        yield from (f"{kind}: gone {thing}" for thing in sorted(before[kind] - after[kind]))
