"""Who may do what with each model of loyalty, written down as in hotel_crm_base/tests/roles.py.

Whoever adds a model adds its line here.
"""

TABLE = """
model                         scope     hk   fb   fo   cs   ca   cc   mk   fi   mg   ad   id   ap
loyalty.card                  company   -    -    r    r    r    r    r    r    r    r    -    -
loyalty.history               company   -    -    r    r    r    r    r    r    r    r    -    -
loyalty.program               company   -    -    r    r    r    r    r    r    r    r    -    -
hotel.loyalty.tier            company   -    -    r    r    r    r    r    r    rw   rw   -    -
hotel.loyalty.lot             company   -    -    r    r    r    r    r    r    r    r    -    -
hotel.loyalty.move            company   -    -    r    r    r    r    r    r    r    r    -    -
hotel.loyalty.decision        company   -    -    r    r    r    r    r    r    r    r    -    -
hotel.loyalty.posting         company   -    -    r    r    r    r    r    r    r    r    -    -
hotel.loyalty.redemption      company   -    -    r    r    r    r    r    r    r    r    -    -
hotel.loyalty.grant           company   -    -    r    r    r    r    r    r    r    r    -    -
hotel.loyalty.extension       company   -    -    r    r    r    r    r    r    r    r    -    -
hotel.loyalty.choice          company   -    -    r    r    r    r    r    r    r    r    -    -
hotel.loyalty.revision        company   -    -    -    -    -    -    r    -    rwc  rwcd -    -
hotel.loyalty.queue           system    -    -    -    -    -    -    -    -    -    r    -    -
"""
