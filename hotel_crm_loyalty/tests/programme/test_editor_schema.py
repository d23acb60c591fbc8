"""The editor knows every record and column of the rules, in both languages, and says what is wrong where."""

import copy

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.programme import editor_hints
from ...models.programme.editor_choices import CHOICES
from ...models.programme.editor_helps import HELPS
from ...models.programme.editor_labels import FIELDS
from ...rules import loader, schema
from ..rules.full_programme import make_valid
from .programme_case import ProgrammeCase


@tagged("post_install", "-at_install")
class TestEditorSchema(ProgrammeCase):
    def test_there_is_a_label_for_every_column_and_choice_and_no_other(self):
        described = {name: columns for name, columns in schema.describe().items() if name != "Window"}
        self.assertEqual(set(FIELDS), set(described))
        self.assertEqual(set(HELPS), set(described))
        choices = {}
        for name, columns in described.items():
            self.assertEqual(list(FIELDS[name]), [column["name"] for column in columns], name)
            choices |= {f"{name}.{column['name']}": set(column["choices"]) for column in columns if column["choices"]}
        self.assertEqual({path for path in CHOICES if path not in choices}, set())
        for path, values in choices.items():
            self.assertLessEqual(values, set(CHOICES[path]), path)

    def test_hints_are_about_columns_that_there_are(self):
        columns = {f"{name}.{column['name']}": column for name, found in schema.describe().items() for column in found}
        for path, (decider, values) in editor_hints.RELEVANT.items():
            self.assertIn(path, columns)
            self.assertLessEqual(set(values), set(columns[f"{path.split('.')[0]}.{decider}"]["choices"]), path)
        for path in (*editor_hints.REFERENCES, *editor_hints.SUGGESTIONS, *editor_hints.COUNT_TREES):
            self.assertIn(path, columns)

    def test_the_schema_speaks_the_users_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        revisions = self.env["hotel.loyalty.revision"].with_user(self.manager)
        english = revisions.get_editor_schema()["records"]
        chinese = revisions.with_context(lang="zh_CN").get_editor_schema()["records"]
        self.assertEqual(english["Tier"]["columns"][2]["label"], "Reached by")
        for name, record in english.items():
            self.assertNotEqual(record["help"], chinese[name]["help"], name)
            for column, other in zip(record["columns"], chinese[name]["columns"], strict=True):
                self.assertNotEqual(column["label"], other["label"], f"{name}.{column['name']}")
                for (value, text), (_value, translated) in zip(column["choices"], other["choices"], strict=True):
                    self.assertNotEqual(text, translated, f"{name}.{column['name']}.{value}")

    def test_what_is_wrong_is_told_at_its_place_in_the_users_language(self):
        revisions = self.env["hotel.loyalty.revision"].with_user(self.manager)
        content = copy.deepcopy(make_valid())
        self.assertEqual(revisions.check_content(content), [])
        content["versions"][0]["tiers"][1]["gain"]["nodes"][1]["metric"] = "moons"
        path = "versions[0].tiers[1].gain.nodes[1].metric"
        self.assertEqual(revisions.check_content(content), [{"path": path, "text": "there is no metric 'moons'"}])
        chinese = revisions.with_context(lang="zh_CN").check_content(content)
        self.assertEqual(chinese, [{"path": path, "text": "没有指标“moons”"}])
        for odd in ([], "x", 7, None, {"versions": "x"}, {"versions": [{"tiers": [5]}]}):
            self.assertTrue(revisions.check_content(odd))

    def test_a_programme_with_every_record_goes_through_a_draft_and_back(self):
        draft = self._draft()
        draft.content = make_valid()
        draft.invalidate_recordset()
        self.assertEqual(loader.from_plain(draft.content), loader.from_plain(make_valid()))
        self.assertFalse(draft.problem_count)

    def test_codes_that_there_are_in_the_hotel_are_offered(self):
        self.hotel.hotel_brand = "luxury"
        found = self.env["hotel.loyalty.revision"].with_user(self.manager).get_editor_schema()["suggestions"]
        self.assertIn(("HARB", self.hotel.display_name), found["property_code"])
        self.assertNotIn("MOUN", [code for code, _name in found["property_code"]])
        self.assertIn(("luxury", "luxury"), found["brand"])
        self.assertIn("room", [code for code, _name in found["group"]])
        self.assertNotIn("fee", [code for code, _name in found["group"]])

    def test_who_may_not_read_rules_gets_no_schema(self):
        revisions = self.env["hotel.loyalty.revision"].with_user(self._make_user("housekeeping"))
        for call in (revisions.get_editor_schema, lambda: revisions.check_content({})):
            with self.assertRaises(AccessError):
                call()
