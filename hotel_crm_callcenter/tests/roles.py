"""Who may do what with each model of the call center, written down as in hotel_crm_base/tests/roles.py.

Whoever adds a model adds its line here.
"""

TABLE = """
model                             scope     hk   fb   fo   cs   ca   cc   mk   fi   mg   ad   id   ap
hotel.call                        property  -    -    r    r    rw   rw   -    -    rw   rw   -    -
hotel.call.agent                  company   -    -    -    -    r    rwc  -    -    rwc  rwcd -    -
hotel.call.attempt                property  -    -    -    r    r    r    -    -    r    r    -    -
hotel.call.campaign               own       -    -    -    -    -    -    -    -    rwcd rwcd -    -
hotel.call.command                property  -    -    -    -    -    r    -    -    r    r    -    -
hotel.call.event                  property  -    -    -    -    -    r    -    -    r    r    -    -
hotel.call.exchange               company   -    -    -    -    r    r    -    -    r    rwcd -    -
hotel.call.holiday                property  -    -    -    r    r    rwcd -    -    rwcd rwcd -    -
hotel.call.hours                  property  -    -    -    r    r    rwcd -    -    rwcd rwcd -    -
hotel.call.job                    property  -    -    r    rwc  rwc  rwc  -    -    rwc  rwcd -    -
hotel.call.leg                    property  -    -    r    r    r    r    -    -    r    r    -    -
hotel.call.number                 property  -    -    -    -    r    r    -    -    r    rwcd -    -
hotel.call.queue                  property  -    -    r    r    r    rwc  -    -    rwc  rwcd -    -
hotel.call.recording              property  -    -    -    -    -    r    -    -    r    rd   -    -
hotel.call.report                 property  -    -    -    -    -    r    -    -    r    r    -    -
hotel.call.result                 list      -    -    r    r    r    rwc  -    -    rwc  rwcd -    -
hotel.call.review                 property  -    -    -    -    -    rwc  -    -    rwc  rwcd -    -
hotel.call.scorecard              property  -    -    -    -    -    r    -    -    r    r    -    -
hotel.voice.flow                  property  -    -    -    r    r    rwc  -    -    rwc  rwcd -    -
hotel.voice.step                  property  -    -    -    r    r    rwcd -    -    rwcd rwcd -    -
"""
