"""Voice menus in Odoo: drafts, checks, versions, the simulator."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .call_common import CallCase


@tagged("post_install", "-at_install")
class TestVoiceFlows(CallCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.editor = cls._make_user("call_supervisor")

    def _draft(self):
        return (
            self.env["hotel.voice.flow"].with_user(self.editor).create({"name": "Main", "property_id": self.hotel.id})
        )

    def test_an_empty_menu_is_not_put_in_use(self):
        with self.assertRaisesRegex(UserError, "There is no first step"):
            self._draft().action_publish()

    def test_the_example_is_put_in_use_and_not_changed_any_more(self):
        menu = self._draft()
        menu.action_load_example()
        self.assertFalse(menu.problem_text)
        menu.action_publish()
        self.assertEqual((menu.state, menu.version), ("published", 1))
        for change in (
            lambda: menu.step_ids[0].write({"name": "x"}),
            lambda: menu.step_ids[0].unlink(),
            lambda: menu.step_ids[0].copy(),
            menu.action_publish,
        ):
            with self.assertRaises(UserError):
                change()

    def test_a_new_version_takes_the_place_of_the_old_one(self):
        menu = self._draft()
        menu.action_load_example()
        menu.action_publish()
        draft = self.env["hotel.voice.flow"].browse(menu.action_new_version()["res_id"]).with_user(self.editor)
        self.assertEqual((draft.version, draft.state, len(draft.step_ids)), (2, "draft", len(menu.step_ids)))
        self.assertFalse(draft.step_ids & menu.step_ids)
        self.assertEqual(draft.step_ids.parent_id.flow_id | draft.step_ids.goto_id.flow_id, draft)
        self.assertEqual(self.env["hotel.voice.flow"]._find(self.hotel, "in"), menu)
        draft.action_publish()
        self.assertEqual((menu.state, draft.state), ("archived", "published"))
        self.assertEqual(self.env["hotel.voice.flow"]._find(self.hotel, "in"), draft)

    def test_problems_name_the_step(self):
        menu = self._draft()
        menu.action_load_example()
        step = menu.step_ids.filtered(lambda step: step.name == "Welcome")
        step.text_zh = False
        self.assertIn("Welcome: There is neither text nor recording for zh_CN.", menu.problem_text)

    def test_a_step_does_not_come_after_itself(self):
        menu = self._draft()
        menu.action_load_example()
        first = menu.step_ids.filtered(lambda step: not step.parent_id)
        with self.assertRaises(UserError):
            first.parent_id = menu.step_ids[-1]

    def test_the_simulator_speaks_like_the_telephone(self):
        menu = self._draft()
        menu.action_load_example()
        agent = menu.with_user(self.agent.user_id)
        answer = agent.simulate({}, "start")
        self.assertEqual(answer["step"], "Language")
        state = {name: answer[name] for name in ("node", "lang", "slots")}
        answer = agent.simulate(state, "digits", "1")
        self.assertEqual((answer["step"], answer["lang"]), ("Main menu", "zh_CN"))
        self.assertEqual(answer["actions"][0]["say"]["text"], "欢迎致电本酒店。")
        with self.assertRaises(UserError):
            self._draft().simulate({}, "start")
        with self.assertRaises(AccessError):
            menu.with_user(self._make_user("marketing")).simulate({}, "start")

    def test_agents_do_not_edit(self):
        menu = self._draft()
        with self.assertRaises(AccessError):
            menu.with_user(self.agent.user_id).action_load_example()
