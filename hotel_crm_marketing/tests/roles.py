"""Who may do what with each model of marketing, written down as in hotel_crm_base/tests/roles.py.

Whoever adds a model adds its line here.
"""

TABLE = """
model                             scope     hk   fb   fo   cs   ca   cc   mk   fi   mg   ad   id   ap
hotel.campaign.evaluation         company   -    -    -    -    -    -    rd   r    rd   rd   -    -
hotel.campaign.member             company   -    -    -    -    -    -    r    -    r    r    -    -
hotel.campaign.signup             company   -    -    r    r    r    r    r    -    r    r    -    -
hotel.care.greeting               property  -    -    r    r    r    r    r    -    r    r    -    -
hotel.care.rule                   company   -    -    r    r    r    r    rwcd -    rwcd rwcd -    -
hotel.care.why                    own       -    -    rwcd rwcd rwcd rwcd rwcd -    rwcd rwcd -    -
hotel.coupon.make                 own       -    -    -    -    -    -    rwcd -    rwcd rwcd -    -
hotel.coupon.plan                 own       -    -    -    -    -    -    rwcd -    rwcd rwcd -    -
hotel.prize                       company   -    -    r    r    r    r    rwcd -    rwcd rwcd -    -
hotel.prize.win                   company   -    -    r    r    r    r    r    -    r    r    -    -
"""
