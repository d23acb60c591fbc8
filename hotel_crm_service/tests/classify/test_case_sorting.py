"""Cases are sorted when they come, corrected by staff, and learned from."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..case_common import ServiceCase

NOISE_ZH = "隔音太差，隔壁说话声听得一清二楚，一晚没睡。"


@tagged("post_install", "-at_install")
class TestCaseSorting(ServiceCase):
    def setUp(self):
        super().setUp()
        self.env.registry.clear_cache()
        self.addCleanup(self.env.registry.clear_cache)

    def _sort_by_hand(self, count=30):
        """Make cases of the hotel's own words and let a clerk correct each of them."""
        clerk = self._make_user("service")
        texts = {"food": "The {n} Kumquat corner ran out of zwieback", "noise": "Bongo evening {n} at the Gazebo"}
        for number in range(count):
            for category, text in texts.items():
                case = self._make_case(text.format(n=number))
                case.with_user(clerk).category_id = self._get_category(category)

    def _learn(self):
        self.env["hotel.classifier"].create({})
        self.env["hotel.classifier"]._cron_train()
        return self.env["hotel.classifier"].search([], limit=1)

    def test_a_case_is_sorted_and_sent_to_its_department(self):
        case = self._make_case("Hair in the bathtub, stained sheets, dust everywhere and a cockroach.")
        self.assertEqual(case.category_id, self._get_category("cleanliness"))
        self.assertEqual(case.department_id, self.housekeeping)
        self.assertEqual(case.language, "en")
        self.assertGreater(case.confidence, 0.5)
        self.assertFalse(case.needs_sorting)
        self.assertIn("stain", case.deciding_words)
        self.assertEqual(case.label_ids[0].category_id, case.category_id)

    def test_chinese_is_sorted_too(self):
        case = self._make_case(NOISE_ZH)
        self.assertEqual(case.category_id, self._get_category("noise"))
        self.assertEqual(case.language, "zh")
        self.assertIn("隔音太差", case.deciding_words)

    def test_grave_cases_are_grave(self):
        self.assertEqual(self._make_case("Somebody broke into our room, we called the police.").severity, "critical")
        kept = self._make_case("Somebody broke into our room, we called the police.", severity="high")
        self.assertEqual(kept.severity, "high", "a person has said so")

    def test_where_it_is_not_sure_a_person_is_asked(self):
        self.env["ir.config_parameter"].set_param("hotel_crm_service.classifier_sure", "0.99")
        case = self._make_case("Something was wrong with the room and the staff and the price.")
        self.assertTrue(case.needs_sorting)
        clerk = self._make_user("service")
        case.with_user(clerk).action_confirm_category()
        self.assertFalse(case.needs_sorting)
        self.assertTrue(case.is_sorted_by_hand)
        correction = self.env["hotel.case.correction"].search([("case_id", "=", case.id)])
        self.assertEqual(correction.said_id, correction.category_id)
        self.assertEqual(correction.user_id, clerk)

    def test_a_wrong_setting_does_not_stop_cases(self):
        self.env["ir.config_parameter"].set_param("hotel_crm_service.classifier_sure", "much")
        self.assertTrue(self._make_case(NOISE_ZH).category_id)

    def test_what_whoever_takes_it_in_says_stands(self):
        case = self._make_case(NOISE_ZH, category_id=self._get_category("staff").id)
        case.action_classify()
        self.assertEqual(case.category_id, self._get_category("staff"))
        self.assertTrue(case.is_sorted_by_hand)

    def test_a_correction_is_kept_and_stands_first(self):
        case = self._make_case("Hair in the bathtub and stained sheets.")
        case.with_user(self._make_user("service")).category_id = self._get_category("staff")
        correction = self.env["hotel.case.correction"].search([("case_id", "=", case.id)])
        self.assertEqual(correction.said_id, self._get_category("cleanliness"))
        self.assertEqual(correction.category_id, self._get_category("staff"))
        self.assertEqual(case.label_ids.sorted("confidence")[-1].category_id, self._get_category("staff"))
        case.action_classify()
        self.assertEqual(case.category_id, self._get_category("staff"), "sorting anew leaves it")

    def test_it_learns_from_corrections(self):
        self._sort_by_hand()
        version = self._learn()
        self.assertEqual(version.state, "active")
        self.assertEqual(version.case_count, 60)
        self.assertGreater(version.right_rate, version.rules_rate)
        self.assertIn("60", str(version.case_count))
        self.assertIn("table", version.confusion_html)
        case = self._make_case("Again no zwieback in the Kumquat corner")
        self.assertEqual(case.category_id, self._get_category("food"))
        self.assertEqual(case.classifier_id, version)

    def test_a_changed_file_is_not_used(self):
        self._sort_by_hand()
        version = self._learn()
        version.file = base64.b64encode(b"something else")
        self.env.registry.clear_cache()
        with mute_logger("odoo.addons.hotel_crm_service.models.classify.hotel_classifier"):
            case = self._make_case(NOISE_ZH)
        self.assertEqual(case.category_id, self._get_category("noise"), "the rules still sort")
        self.assertFalse(case.classifier_id)
        version.state = "retired"
        with self.assertRaises(UserError):
            version.action_activate()

    def test_one_version_is_in_use_and_rules_can_be_had_alone(self):
        self._sort_by_hand()
        first, second = self._learn(), self._learn()
        self.assertEqual((first.state, second.state), ("retired", "active"))
        first.with_user(self._make_user("manager")).action_activate()
        self.assertEqual((first.state, second.state), ("active", "retired"))
        first.with_user(self._make_user("manager")).action_retire()
        self.assertFalse(self.env["hotel.classifier"]._get_model())

    def test_too_few_cases_say_so(self):
        version = self._learn()
        self.assertEqual(version.state, "failed")
        self.assertTrue(version.note)

    def test_enough_new_cases_are_learned_by_themselves(self):
        self.env["hotel.classifier"]._cron_train()
        self.assertFalse(self.env["hotel.classifier"].search([]))
        self._sort_by_hand()
        self.env["hotel.classifier"]._cron_train()
        self.assertEqual(self.env["hotel.classifier"].search_count([]), 1)
        self.env["hotel.classifier"]._cron_train()
        self.assertEqual(self.env["hotel.classifier"].search_count([]), 1, "nothing new")

    def test_only_managers_decide(self):
        self._sort_by_hand()
        version = self._learn()
        for call in ("action_retire", "action_activate", "action_train"):
            with self.assertRaises(AccessError):
                getattr(version.with_user(self._make_user("service")), call)()
        with self.assertRaises(AccessError):
            version.with_user(self._make_user("manager")).read(["file"])
        version.with_user(self._make_user("manager")).action_train()
        self.assertTrue(self.env["hotel.classifier"].search_count([("state", "=", "waiting")]))

    def test_sorting_asks_little_of_the_database(self):
        """Where the severity changes, the deadlines of the case follow: that is the larger part."""
        cases = self.env["hotel.case"].browse()
        for number in range(20):
            cases |= self._make_case(f"Broken shower number {number}")
        self.env.flush_all()
        with self.assertQueryCount(90):
            cases._hotel_classify()
            self.env.flush_all()
