"""How long it takes to make coupon codes, for guests and for nobody in particular.

Run in a database of tests, as one script of ``odoo shell``; nothing is kept::

    TEST_DB=load ./setup/shell odoo shell --no-http < tests/load/coupons.py

Prints the seconds for codes that are handed out on paper, for coupons of as many guests, and for one look-up by code
among them; and checks that no two codes are alike. Variables: COUPONS (100000).
"""

import os
import time

COUNT = int(os.environ.get("COUPONS", 100_000))
env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821


def timed(name, call):
    started, used = time.monotonic(), time.process_time()
    result = call()
    clock, used = time.monotonic() - started, time.process_time() - used
    print(f"{name:<40} {clock:>8.2f} s {used:>8.2f} s of processor here", flush=True)
    return result


def make_guests():
    env.cr.execute(
        """INSERT INTO res_partner (name, complete_name, active, type, is_hotel_guest, lang, autopost_bills)
           SELECT 'Coupon ' || n, 'Coupon ' || n, TRUE, 'contact', TRUE, 'en_US', 'ask' FROM generate_series(1, %s) n
           RETURNING id""",
        [COUNT],
    )
    return env["res.partner"].browse([partner_id for (partner_id,) in env.cr.fetchall()])


def main():
    reward = {"reward_type": "discount", "discount": 10, "required_points": 1}
    program = env["loyalty.program"].create(
        {"name": "Load", "program_type": "coupons", "reward_ids": [(5, 0, 0), (0, 0, reward)]}
    )
    print(f"{COUNT:,} codes, load {os.getloadavg()[0]:.1f}")
    paper = timed("for nobody in particular", lambda: program._hotel_make_codes(COUNT))
    guests = make_guests()
    env.cr.execute("ANALYZE loyalty_card")
    owned = timed("for as many guests, each once", lambda: program._hotel_issue(guests))
    codes = {card["code"] for card in (paper | owned).read(["code"], load=None)}
    assert len(codes) == 2 * COUNT, "two codes are alike"
    assert min(map(len, codes)) * 5 >= 60, "a code is too short"
    code = paper[COUNT // 2].code
    env.invalidate_all()
    found = timed("one looked up", lambda: env["loyalty.card"].search([("hotel_code_key", "=", code)]))
    assert len(found) == 1
    env.cr.rollback()


main()
