"""Who may do what in the call center: every role, a guest of the portal, a stranger of another hotel."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.hotel_crm_base.tests.roles import COLUMNS, OPERATIONS, find_own_models, find_rights, read_table

from .call_common import WAVE, CallCase
from .roles import TABLE

EXPECTED = read_table(TABLE)


@tagged("post_install", "-at_install")
class TestCallSecurity(CallCase):
    def _make_one_of_each(self):
        guest = self._make_guest(phone="+351912345678")
        call = self._feed(*self._talk())
        job = self.env["hotel.call.job"]._plan(self.hotel, "menu", "+351912345678", "test", partner_id=guest.id)
        records = [
            call,
            self.agent,
            self.env["hotel.call.attempt"].create({"job_id": job.id, "number": 1}),
            self.env["hotel.call.command"].create(
                {"call_id": call.id, "user_id": self.agent.user_id.id, "kind": "hold"}
            ),
            call.event_ids[:1],
            self.exchange,
            job,
            call.leg_ids,
            self.exchange.number_ids,
            self.queue,
            self.env["hotel.call.recording"]._store(call, "talk", WAVE),
            self.env["hotel.call.hours"].create({"property_id": self.hotel.id}),
            self.env["hotel.call.holiday"].create(
                {"name": "May Day", "property_id": self.hotel.id, "start_date": "2026-05-01", "end_date": "2026-05-03"}
            ),
            self.env["hotel.call.report"].search([("id", "=", call.id)]),
            self.env["hotel.call.result"].search([], limit=1),
            self.env["hotel.call.review"].create({"call_id": call.id, "greeting": "4"}),
            self.env["hotel.call.scorecard"].search([("id", "in", call.leg_ids.ids)]),
            self._make_menu(),
            self._make_menu(usage="out").step_ids[:1],
        ]
        return {record._name: record for record in records}

    def test_every_model_is_in_the_table(self):
        own = find_own_models(self.registry, "hotel_crm_callcenter")
        self.assertEqual(own ^ set(EXPECTED), set(), "say in roles.py who may use these models")

    def test_every_role_may_do_what_the_table_says_and_no_more(self):
        users = {role: self._make_user(role) for role in COLUMNS.values()}
        found = find_rights(self.env, EXPECTED, users)
        self.maxDiff = None
        self.assertEqual(found, {name: cells for name, (_scope, cells) in EXPECTED.items()})

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_records_are_seen_in_their_hotel_only(self):
        sister = self._make_property(name="Harbour Annex", code="ANNE")
        homely, annex = self._make_user("admin"), self._make_user("admin", sister)
        stranger = self._make_user("admin", self.other_hotel)
        for name, record in self._make_one_of_each().items():
            scope = EXPECTED[name][0]
            if scope == "list":
                continue
            with self.subTest(name):
                domain = [("id", "in", record.ids)]
                self.assertTrue(record.with_user(homely).search(domain))
                self.assertFalse(record.with_user(stranger).search(domain))
                self.assertEqual(bool(record.with_user(annex).search(domain)), scope != "property")
                with self.assertRaises(AccessError):
                    record.with_user(stranger).read(["display_name"])

    def test_guests_of_the_portal_and_plain_users_get_nothing(self):
        portal = new_test_user(self.env, "a_guest", groups="base.group_portal")
        plain = new_test_user(self.env, "plain", groups="base.group_user")
        for user in (portal, plain, self.env.ref("base.public_user")):
            for name in EXPECTED:
                for operation in OPERATIONS.values():
                    self.assertFalse(self.env[name].with_user(user).has_access(operation), f"{user.login} {name}")

    def test_recordings_are_for_supervisors(self):
        recording = self._make_one_of_each()["hotel.call.recording"]
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", recording._name), ("res_id", "=", recording.id), ("res_field", "=", "content")]
        )
        self.assertTrue(attachment)
        supervisor, agent = self._make_user("call_supervisor"), self._make_user("call_agent")
        # by the page only, which notes who listens
        for user in (supervisor, agent, self._make_user("admin")):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_attachment"):
                attachment.with_user(user).read(["datas"])
            with self.assertRaises(AccessError):
                recording.with_user(user).read(["content"])
        logged = [("user_id", "=", supervisor.id), ("model", "=", recording._name)]
        self.assertTrue(recording.with_user(supervisor)._listen().content)
        self.assertEqual(self.env["hotel.access.log"].search(logged).guest_id, recording.call_id.partner_id.id)
        with self.assertRaises(AccessError):
            recording.with_user(agent)._listen()

    def test_recordings_go_when_their_days_are_over(self):
        recording = self._make_one_of_each()["hotel.call.recording"]
        self.assertEqual(recording.delete_date, fields.Date.today() + timedelta(days=self.queue.keep_days))
        recording._gc_old()
        self.assertTrue(recording.exists())
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", recording._name), ("res_field", "!=", False)]
        )
        recording.delete_date = fields.Date.today() - timedelta(days=1)
        recording._gc_old()
        self.assertFalse(recording.exists() or attachments.exists())

    def test_events_are_not_changed(self):
        event = self._feed(*self._talk()).event_ids[:1]
        with self.assertRaises(AccessError):
            event.write({"kind": "x"})

    def test_an_agent_sets_the_own_state_only(self):
        other = self._make_agent(number=102, state="offline")
        agents = self.env["hotel.call.agent"].with_user(self.agent.user_id)
        self.assertEqual(agents.set_state("pause"), "pause")
        self.assertEqual((self.agent.state, other.state), ("pause", "offline"))
        with self.assertRaises(AccessError):
            agents.with_user(self._make_user("call_agent")).set_state("ready")

    def test_an_erased_guest_leaves_no_number_behind(self):
        records = self._make_one_of_each()
        call = records["hotel.call"]
        self.assertTrue(call.partner_id._hotel_export())
        call.partner_id._hotel_anonymize()
        self.assertFalse(call.number or call.recording_ids)
        self.assertFalse(records["hotel.call.job"].exists())

    def test_what_follows_from_events_is_written_by_nobody(self):
        records = self._make_one_of_each()
        supervisor = self._make_user("call_supervisor")
        for name, values in (
            ("hotel.call", {"is_identified": True}),
            ("hotel.call", {"state": "ringing"}),
            ("hotel.call.job", {"state": "done"}),
            ("hotel.call.job", {"attempt_count": 0}),
            ("hotel.voice.flow", {"content": {}}),
            ("hotel.voice.flow", {"state": "draft"}),
        ):
            with self.assertRaises(AccessError, msg=f"{name} {values}"):
                records[name].with_user(supervisor).write(values)
        records["hotel.call"].with_user(self.agent.user_id).write({"note": "x"})
