"""Who may do what with each model of service, written down as in hotel_crm_base/tests/roles.py.

Whoever adds a model adds its line here.
"""

TABLE = """
model                             scope     hk   fb   fo   cs   ca   cc   mk   fi   mg   ad   id   ap
hotel.amend                       property  -    -    rc   rc   rc   rc   -    rc   rc   rc   -    r
hotel.amend.limit                 company   -    -    -    -    -    -    -    -    r    rwcd -    -
hotel.amend.refusal               own       -    -    -    -    -    -    -    -    -    -    -    rwcd
hotel.amend.type                  company   -    -    r    r    r    r    -    r    rwc  rwcd -    r
hotel.case                        property  rwc  rwc  rwc  rwc  rwc  rwc  r    r    rwc  rwcd -    r
hotel.case.answer                 own       rwcd rwcd rwcd rwcd rwcd rwcd -    -    rwcd rwcd -    -
hotel.case.category               list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.case.correction             property  -    -    -    r    -    -    -    -    r    r    -    -
hotel.case.label                  property  r    r    r    r    r    r    r    r    r    r    -    r
hotel.classifier                  list      -    -    -    r    -    -    -    -    r    r    -    -
hotel.case.escalation             property  r    r    r    r    r    r    r    r    rwcd rwcd r    r
hotel.case.merge                  own       rwcd rwcd rwcd rwcd rwcd rwcd -    -    rwcd rwcd -    -
hotel.case.pause                  property  r    r    r    r    r    r    r    r    r    r    -    r
hotel.case.policy                 property  r    r    r    r    r    r    r    r    rwcd rwcd r    r
hotel.case.report                 property  -    -    -    r    -    -    r    r    r    r    -    -
hotel.follow.up                   property  -    -    rwc  rwc  rwc  rwc  r    -    rwcd rwcd -    -
hotel.department                  property  r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.improvement                 property  -    -    -    rwc  -    -    -    -    rwc  rwcd -    -
hotel.satisfaction.grade          list      r    r    r    r    r    r    r    r    rwcd rwcd r    r
hotel.satisfaction.standard       list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.survey.answer               property  -    -    r    r    -    -    r    -    r    r    -    -
hotel.survey.report               property  -    -    r    r    -    -    r    -    r    r    -    -
hotel.survey.rule                 company   -    -    r    r    -    -    r    -    rwc  rwcd -    -
hotel.survey.score                property  -    -    r    r    -    -    r    -    r    r    -    -
hotel.survey.summary              own       -    -    -    rwcd -    -    rwcd -    rwcd rwcd -    -
"""
