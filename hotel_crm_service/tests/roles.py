"""Who may do what with each model of service, written down as in hotel_crm_base/tests/roles.py.

Whoever adds a model adds its line here.
"""

TABLE = """
model                             scope     hk   fb   fo   cs   ca   cc   mk   fi   mg   ad   id   ap
hotel.case                        property  rwc  rwc  rwc  rwc  rwc  rwc  r    r    rwc  rwcd -    r
hotel.case.category               list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.case.correction             property  -    -    -    r    -    -    -    -    r    r    -    -
hotel.case.label                  property  r    r    r    r    r    r    r    r    r    r    -    r
hotel.classifier                  list      -    -    -    r    -    -    -    -    r    r    -    -
hotel.department                  property  r    r    r    r    r    r    r    r    rwc  rwcd r    r
"""
