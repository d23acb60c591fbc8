"""Core's own lint tests, over our addons; its pylint checks are run by setup/lint."""
import importlib
import sys
import types

import pytest
from repository import ADDONS

from odoo.modules import Manifest
from odoo.modules.registry import Registry
from odoo.tests.common import TransactionCase, get_db_name

TESTS = {
    "test_docstring": "TestDocstring",
    "test_dunderinit": "TestDunderinit",
    "test_i18n": "TestI18n",
    "test_index": "TestIndex",
    "test_jstranslate": "TestJsTranslations",
    "test_manifests": "ManifestLinter",
    "test_naming": "TestNaming",
    "test_onchange_domains": "TestOnchangeDomains",
    "test_override_signatures": "TestLintOverrideSignatures",
    "test_pofile": "PotLinter",
    "test_routes": "RoutesLinter",
}


def core_tests():
    """The package as a whole would import pylint, which lives in another environment."""
    package = "odoo.addons.test_lint.tests"
    sys.modules[package] = types.ModuleType(package)
    sys.modules[package].__path__ = [f"{Manifest.for_addon('test_lint').path}/tests"]
    for module, name in TESTS.items():
        yield name, getattr(importlib.import_module(f"{package}.{module}"), name)


globals().update(core_tests())


@pytest.fixture(autouse=True)
def only_our_addons(monkeypatch):
    monkeypatch.setattr(Manifest, "all_addon_manifests", lambda: [Manifest.for_addon(name) for name in ADDONS])


@pytest.fixture(autouse=True)
def count_indexes_that_begin_with_a_field(monkeypatch, request):
    """Core lists by hand the fields that a longer index covers; the database knows them."""
    if request.cls is globals()["TestIndex"]:
        test_index = sys.modules["odoo.addons.test_lint.tests.test_index"]
        monkeypatch.setattr(test_index, "BTREE_INDEX_IGNORE_FIELDS", test_index.BTREE_INDEX_IGNORE_FIELDS | covered())


def covered():
    with Registry(get_db_name()).cursor() as cr:
        cr.execute("""
            SELECT relname, attname
              FROM pg_index
              JOIN pg_class ON pg_class.oid = indrelid
              JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
             WHERE indpred IS NULL""")
        first_columns = set(cr.fetchall())
    return {
        str(field)
        for model in Registry(get_db_name()).values()
        for field in model._fields.values()
        if (model._table, field.name) in first_columns
    }


class TestOptionalImports(TransactionCase):
    def test_what_odoo_falls_back_from_without_a_word_is_there(self):
        for name in ("aiosmtpd", "email_validator", "pdfminer", "phonenumbers", "slugify"):
            with self.subTest(module=name):
                importlib.import_module(name)

    def test_files_are_known_by_their_content(self):
        try:
            import magic  # noqa: F401
        except ImportError:
            self.skipTest("outside: libmagic (apt-get install libmagic1)")
