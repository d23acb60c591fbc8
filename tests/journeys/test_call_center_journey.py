"""A day at the telephone: a call pops up with its guest, is noted and wrapped up; the board; a menu tried out."""

from datetime import timedelta

from journey_browser import DESKTOP, PHONE, JourneyCase, again

from odoo import SUPERUSER_ID, api, fields
from odoo.tests import tagged

from odoo.addons.hotel_crm_callcenter.contract import read_events
from odoo.addons.hotel_crm_callcenter.tests.call_common import WAVE, CallMakers

ANA = "+8613912345678"


@tagged("post_install", "-at_install")
class TestCallCenterJourney(CallMakers, JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
        cls._make_hotels()
        cls.queue = cls._make_queue(name="Reservations")
        cls.exchange = cls._make_exchange(queue_id=cls.queue.id)
        cls.exchange.seen_at = fields.Datetime.now()
        cls.env["hotel.call.number"].create(
            {"exchange_id": cls.exchange.id, "number": "5000", "property_id": cls.hotel.id, "queue_id": cls.queue.id}
        )
        cls.menu = cls._make_menu(name="Main menu")
        room = cls._make_room(cls.room_type, name="808")
        vip = cls.env["hotel.vip.code"].search([], limit=1)
        cls.guest = cls._make_guest("王伟", phone=ANA, email="wang@example.com", hotel_vip_code_id=vip.id)
        cls._make_stay(
            cls.guest,
            arrival=cls.hotel.business_date,
            state="in_house",
            room_type_id=cls.room_type.id,
            room_id=room.id,
        )
        cls.agents = {}
        for number, lang in enumerate(("en_US", "zh_CN"), 101):
            user = cls._make_user("call_agent", login=f"agent_{lang}", lang=lang, tz="UTC")
            cls.agents[lang] = cls._make_agent(user=user, number=number)
            cls._make_user("call_supervisor", login=f"boss_{lang}", lang=lang, tz="UTC")
        cls.env.cr.flush()

    def _happen(self, lang, call, *steps, caller=ANA):
        """Let events of a call happen, now."""
        endpoint = self.agents[lang].endpoint
        now = fields.Datetime.now() - timedelta(seconds=20)
        for seq, kind in steps:
            event = self._event(seq, kind, call, endpoint=endpoint, **{"from": caller, "to": "5000"})
            event["ts"] = (now + timedelta(seconds=2 * seq)).isoformat()
            self._feed(event)
        self.env.flush_all()

    def _tell(self, lang):
        call = f"journey.{lang}"
        self._happen(lang, call, (1, "call.incoming"), (2, "call.answered"), (3, "agent.ringing"))
        self._happen(lang, f"wait.{lang}", (1, "call.incoming"), (2, "call.queued"), caller="+351912345678")
        with self._browse(f"agent_{lang}", "/odoo/call-desk", DESKTOP) as page:
            page.wait(".o_hotel_call_guest", "王伟")
            page.shoot("1_rings")
            page.click(".o_hotel_note")
            page.type("Asks for a late check-out")
            page.click(".o_hotel_result:nth-child(3)")
            page.wait(".o_hotel_result.btn-primary")
            page.shoot("2_noted")
            page.click(".o_hotel_book")
            page.wait(".modal .o_hotel_offer, .modal-body")
            page.shoot("3_booking")
            page.press("Escape")
            page.wait_gone(".modal")
            page.click(".o_hotel_open_guest")
            page.wait(".o_form_view .o_field_widget[name=name], .o_form_view .o_field_char")
            page.shoot("4_guest")
        self._talk_on(lang, call)
        noted = self._get_call(call)
        self.assertEqual((noted.note, bool(noted.result_id)), ("Asks for a late check-out", True))
        self._wrap_up(lang)
        self._look_at_boards(lang)

    def _talk_on(self, lang, call):
        """The agent holds the guest, looks to whom the call can be passed on, and hangs up."""
        self._happen(lang, call, (4, "agent.answered"))
        with self._browse(f"agent_{lang}", "/odoo/call-desk", DESKTOP) as page:
            page.click(".o_hotel_hold")
            page.wait(".o_hotel_hold[disabled]")
            self._obey(lang, call, 5, "call.held")
            page.wait(".o_hotel_resume")
            page.shoot("4_held")
            page.click(".o_hotel_transfer")
            page.wait(".modal .o_hotel_to_queue")
            page.shoot("4_pass_on")
            page.press("Escape")
            page.wait_gone(".modal")
        self._happen(lang, call, (6, "call.ended"))

    def _obey(self, lang, call, seq, kind):
        """Do as the bridge does: fetch what the agent wants and tell that it is done."""
        # between the requests of the page that is open
        with self.registry.cursor() as cr:
            exchange = api.Environment(cr, SUPERUSER_ID, {})["hotel.call.exchange"].browse(self.exchange.id)
            [command] = exchange.env["hotel.call.command"]._claim(exchange)
            event = self._event(seq, kind, call, endpoint=self.agents[lang].endpoint, command=command.id)
            event["ts"] = fields.Datetime.now().isoformat()
            [told] = read_events(event)
            exchange.env["hotel.call"]._take_event(exchange, told)
            cr.commit()

    def _wrap_up(self, lang):
        with self._browse(f"agent_{lang}", "/odoo/call-desk", PHONE) as page:
            page.wait(".o_hotel_agent_state[data-state=wrap_up]")
            page.shoot("5_phone")
            self.assertFalse(page.is_wider_than_screen())
            page.click(".o_hotel_set_state[data-state=ready]")
            page.wait(".o_hotel_agent_state[data-state=ready]")

    def _look_at_boards(self, lang):
        with self._browse(f"boss_{lang}", "/odoo/call-board", DESKTOP) as page:
            page.wait(".o_hotel_board_agent")
            page.wait(".o_hotel_board_call")
            page.shoot("6_board")
        with self._browse(
            f"boss_{lang}", f"/odoo/action-hotel_crm_callcenter.hotel_voice_flow_action/{self.menu.id}"
        ) as page:
            page.wait("[name=step_ids] .o_data_row")
            page.shoot("7_menu")
            page.click("button[name=action_simulate]")
            page.wait(".o_hotel_talk .text-bg-light")
            for key in "15":
                page.click(f".o_hotel_key[data-key='{key}']")
                page.wait(".o_hotel_talk .text-end", key)
            page.wait(".o_hotel_talk .text-muted")
            page.shoot("8_simulator")
        self._judge(lang)
        with self._browse(f"boss_{lang}", "/odoo/call-board", DESKTOP) as page:
            page.wait(".o_hotel_board_agent")
            for number, name in enumerate(("call", "call_job", "call_report", "call_scorecard"), 9):
                page.open(f"hotel_crm_callcenter.hotel_{name}_action")
                page.wait(".o_list_view, .o_graph_view, .o_pivot_view")
                page.shoot(f"{number}_hotel_{name}_action")

    def _judge(self, lang):
        """A supervisor listens to a call and gives marks."""
        call = self._get_call(f"journey.{lang}")
        self.env["hotel.call.recording"]._store(call, "talk", WAVE)
        self.env.flush_all()
        with self._browse(f"boss_{lang}", f"/odoo/action-hotel_crm_callcenter.hotel_call_action/{call.id}") as page:
            page.click(".o_notebook .nav-link[name=recordings]")
            page.wait("audio.o_hotel_sound")
            page.evaluate("document.querySelector('audio.o_hotel_sound').play()")
            page.wait_for("document.querySelector('audio.o_hotel_sound').duration >= 1")
            page.shoot("13_recording")
            page.click(".o_notebook .nav-link[name=reviews]")
            page.wait("[name=review_ids] .o_field_x2many_list_row_add")
            page.shoot("14_review")
        self.assertTrue(self.env["hotel.access.log"].search_count([("model", "=", "hotel.call.recording")]))

    def _get_call(self, reference):
        self.env.invalidate_all()
        return self.env["hotel.call"].search([("call_ref", "=", reference)])

    def test_in_english(self):
        self._tell("en_US")

    @again
    def test_in_chinese(self):
        self._tell("zh_CN")
