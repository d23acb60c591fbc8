"""How long it takes to ask guests about their stays, and to take in what they answer.

Run in a database with the addons, as one script of ``odoo shell``; what it makes is rolled back::

    TEST_DB=seed ./setup/shell odoo shell --no-http < tests/load/surveys.py

SURVEYS (1000) guests leave, the job asks them batch by batch, then each answers ten questions and a comment, one in
three a low one that opens a case. The aim: 1,000 answers from as many guests that arrive in a minute are handled, so
at least 16.7 a second, in one process.
"""

import os
import random
import time
from datetime import timedelta
from unittest.mock import patch

from odoo import fields

COUNT = int(os.environ.get("SURVEYS", 1000))
COMMENTS = (
    "Hair in the bathtub and stained sheets.",
    "隔音太差，一晚没睡。",
    "Breakfast was cold.",
    "前台态度很差",
    "All good, thank you!",
)
env = env(context=dict(env.context, tracking_disable=True, mail_create_nolog=True))  # noqa: F821
draw = random.Random(7)


def timed(title, count, call):
    """Print how long a call takes."""
    env.flush_all()
    started = time.monotonic()
    result = call()
    env.flush_all()
    took = time.monotonic() - started
    print(f"{title:34} {count:6} in {took:7.2f} s, {count / took:8.1f} a second")
    return result


def make_stays():
    """Make guests who have agreed to surveys, and their stays that have just ended."""
    hotel = env["hotel.property"].create({"name": "Load Hotel", "code": "LOADSV", "tz": "UTC"})
    guests = env["res.partner"].create(
        [{"name": f"Asked {n}", "is_hotel_guest": True, "email": f"asked{n}@example.com"} for n in range(COUNT)]
    )
    for guest in guests:
        guest.hotel_record_consent("survey", "any", "given")
    today, now = fields.Date.today(), fields.Datetime.now()
    stays = env["hotel.stay"].create(
        [
            {
                "partner_id": guest.id,
                "property_id": hotel.id,
                "arrival_date": today - timedelta(days=2),
                "departure_date": today,
                "state": "departed",
                "checked_out_at": now - timedelta(hours=6),
                "source_system": "load",
                "source_ref": f"load/{guest.id}",
            }
            for guest in guests
        ]
    )
    return hotel, stays


def answer(link, questions):
    """Answer one survey as its page does."""
    link._mark_in_progress()
    good = draw.random() < 0.66
    for question in questions:
        if question.hotel_metric == "comment":
            value = draw.choice(COMMENTS)
        elif question.hotel_metric == "nps":
            value = draw.randint(7, 10) if good else draw.randint(0, 6)
        else:
            value = draw.randint(4, 5) if good else draw.randint(1, 4)
        link._save_lines(question, str(value))
    link._mark_done()
    env.flush_all()


def main():
    hotel, _stays = make_stays()
    env["hotel.survey.rule"].search([]).active = False
    survey = env.ref("hotel_crm_service.survey_post_stay")
    rule = env["hotel.survey.rule"].create(
        {"name": "Load", "survey_id": survey.id, "property_ids": hotel.ids, "company_id": hotel.company_id.id}
    )
    with patch.object(env.registry["ir.cron"], "_commit_progress", lambda *args, **options: 60.0):
        timed("asked (link, gate, message)", COUNT, env["hotel.survey.rule"]._cron_send)
        again = env["survey.user_input"].search_count([("hotel_rule_id", "=", rule.id)])
        timed("asked again: nothing to do", COUNT, env["hotel.survey.rule"]._cron_send)
    links = env["survey.user_input"].search([("hotel_rule_id", "=", rule.id)])
    assert len(links) == again == COUNT, "each guest once"
    questions = survey.question_ids
    timed("answered (10 figures, a comment)", COUNT, lambda: [answer(link, questions) for link in links])
    answers = env["hotel.survey.answer"].search([("rule_id", "=", rule.id)])
    print(f"answers counted {len(answers)}, cases opened {len(answers.case_id)}")
    summary = env["hotel.survey.summary"].create({"property_ids": hotel.ids})
    timed("report of them", len(answers), summary._get_figures)
    env.cr.rollback()


main()
