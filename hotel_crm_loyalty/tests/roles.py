"""Who may do what with each model of loyalty, written down as in hotel_crm_base/tests/roles.py.

Whoever adds a model adds its line here.
"""

TABLE = """
model                             scope     hk   fb   fo   cs   ca   cc   mk   fi   mg   ad   id   ap
loyalty.card                      company   -    r    r    r    r    r    r    r    r    r    -    r
loyalty.history                   company   -    -    r    r    r    r    r    r    r    r    -    -
loyalty.program                   company   -    r    r    r    r    r    r    r    rw   rw   -    r
loyalty.reward                    company   -    -    r    r    r    r    r    r    r    r    -    -
hotel.coupon.issue                own       -    -    rwcd rwcd -    -    rwcd -    rwcd rwcd -    -
hotel.loyalty.adjust              own       -    -    rwcd rwcd rwcd rwcd -    rwcd rwcd rwcd -    -
hotel.loyalty.book                company   -    -    -    -    -    -    -    rwc  rwc  rwcd -    -
hotel.loyalty.choice              company   -    -    r    r    r    r    r    r    r    r    -    -
hotel.loyalty.claim               company   -    -    rc   rc   rc   rc   r    r    rc   rc   -    r
hotel.loyalty.claim.answer        own       -    -    rwcd rwcd rwcd rwcd -    rwcd rwcd rwcd -    rwcd
hotel.loyalty.closing             company   -    -    -    -    -    -    -    r    r    r    -    -
hotel.loyalty.closing.line        company   -    -    -    -    -    -    -    r    r    r    -    -
hotel.loyalty.compare             own       -    -    -    -    -    -    rwcd -    rwcd rwcd -    rwcd
hotel.loyalty.decision            company   -    -    r    r    r    r    r    r    r    r    -    -
hotel.loyalty.extension           company   -    -    r    r    r    r    r    r    r    r    -    -
hotel.loyalty.figure.day          company   -    -    -    -    -    -    r    r    r    r    -    -
hotel.loyalty.figure.member       system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.loyalty.figure.member.queue system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.loyalty.figure.queue        system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.loyalty.give.tier           own       -    -    rwcd rwcd rwcd rwcd -    rwcd rwcd rwcd -    -
hotel.loyalty.grant               company   -    -    r    r    r    r    r    r    r    r    -    r
hotel.loyalty.hand.over           own       -    rwcd rwcd rwcd -    -    -    -    rwcd rwcd -    -
hotel.loyalty.item                company   -    r    r    r    r    r    rwc  r    rwc  rwcd -    -
hotel.loyalty.join                own       -    -    rwcd rwcd rwcd rwcd -    rwcd rwcd rwcd -    -
hotel.loyalty.liability.report    company   -    -    -    -    -    -    r    r    r    r    -    -
hotel.loyalty.limit               list      -    -    -    -    -    -    -    -    r    rwcd -    -
hotel.loyalty.load                own       -    -    -    -    -    -    -    -    rwcd rwcd -    -
hotel.loyalty.lot                 company   -    -    r    r    r    r    r    r    r    r    -    -
hotel.loyalty.member.report       company   -    -    -    -    -    -    r    r    r    r    -    -
hotel.loyalty.move                company   -    -    r    r    r    r    r    r    r    r    -    -
hotel.loyalty.move.report         company   -    -    -    -    -    -    r    r    r    r    -    -
hotel.loyalty.pass.on             own       -    -    rwcd rwcd rwcd rwcd -    rwcd rwcd rwcd -    -
hotel.loyalty.point.value         company   -    -    -    -    -    -    r    rwcd rwcd rwcd -    -
hotel.loyalty.posting             company   -    -    r    r    r    r    r    r    r    r    -    r
hotel.loyalty.queue               system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.loyalty.reason              list      -    r    r    r    r    r    r    r    rwc  rwcd -    r
hotel.loyalty.redeem              own       -    -    rwcd rwcd rwcd rwcd -    rwcd rwcd rwcd -    -
hotel.loyalty.redemption          company   -    r    r    r    r    r    r    r    r    r    -    -
hotel.loyalty.refusal             own       -    rwcd rwcd rwcd -    -    -    -    rwcd rwcd -    rwcd
hotel.loyalty.rerun               company   -    -    -    -    -    -    -    -    r    r    -    r
hotel.loyalty.rerun.line          company   -    -    -    -    -    -    -    -    r    r    -    r
hotel.loyalty.rerun.tier          company   -    -    -    -    -    -    -    -    r    r    -    r
hotel.loyalty.revision            company   -    r    r    r    r    r    r    r    rwc  rwcd -    r
hotel.loyalty.tier                company   -    r    r    r    r    r    r    r    rw   rw   -    r
hotel.loyalty.vintage             company   -    -    -    -    -    -    r    r    r    r    -    -
hotel.loyalty.vintage.age         company   -    -    -    -    -    -    r    r    r    r    -    -
hotel.loyalty.what.if             own       -    -    rwcd rwcd rwcd rwcd rwcd rwcd rwcd rwcd -    -
hotel.loyalty.what.if.line        own       -    -    rwcd rwcd rwcd rwcd rwcd rwcd rwcd rwcd -    -
hotel.member.form                 system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.reward.apply                own       -    -    rwcd -    rwcd rwcd -    -    rwcd rwcd -    -
hotel.reward.use                  property  -    r    r    r    r    r    r    r    r    r    -    -
hotel.stay.checkin.benefit        own       -    -    rwcd -    -    -    -    -    rwcd rwcd -    -
"""
