"""Who may do what with each model, written down. Whoever adds a model adds its line here."""

#: columns of the table: ten roles, and the two side groups alone
COLUMNS = {
    "hk": "housekeeping",
    "fb": "food_beverage",
    "fo": "front_office",
    "cs": "service",
    "ca": "call_agent",
    "cc": "call_supervisor",
    "mk": "marketing",
    "fi": "finance",
    "mg": "manager",
    "ad": "admin",
    "id": "identity",
    "ap": "approver",
}
#: r read, w write, c create, d delete, - nothing
#: scope: list (the same for all), property (of the user's), company (of the user's), guest (as
#: the guest: of the user's companies or of the chain), own (of the user), system (nobody's)
TABLE = """
model                         scope     hk   fb   fo   cs   ca   cc   mk   fi   mg   ad   id   ap
hotel.amenity                 list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.bed.type                list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.channel                 list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.market.segment          list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.preference              list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.preference.category     list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.rate.plan               list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.service.kind            list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.vip.code                list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.value.class             list      r    r    r    r    r    r    r    r    rwc  rwcd r    r

hotel.property                property  r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.building                property  r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.floor                   property  r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.outlet                  property  r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.room                    property  r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.room.type               property  r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.room.type.bed           property  r    r    r    r    r    r    r    r    rwcd rwcd r    r
hotel.room.type.image         property  r    r    r    r    r    r    r    r    rwcd rwcd r    r

hotel.stay                    property  r    r    rwc  r    r    r    r    r    rwcd rwcd r    r
hotel.stay.night              property  r    r    r    r    r    r    r    r    r    r    r    r
hotel.cancellation.policy     list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.rate.restriction        property  r    r    r    r    r    r    r    r    rwcd rwcd r    r
hotel.room.closure            property  rwcd r    rwcd r    r    r    r    r    rwcd rwcd r    r
hotel.inventory               property  r    r    r    r    r    r    r    r    r    r    r    r
hotel.reservation             property  -    r    rwc  r    rwc  rwc  r    r    rwcd rwcd -    -
hotel.reservation.line        property  -    r    rwcd r    rwcd rwcd r    r    rwcd rwcd -    -
hotel.day.end                 property  -    -    r    -    -    -    -    r    r    r    -    -
hotel.day.end.item            property  -    -    r    -    -    -    -    r    r    r    -    -
hotel.room.status.log         property  r    -    r    -    -    -    -    -    r    r    -    -
hotel.outlet.bill             property  -    r    r    -    -    -    -    r    r    r    -    -
hotel.message                 property  -    -    r    r    r    r    r    -    r    r    -    -
hotel.consumption             property  -    rc   rc   r    r    r    r    rc   rc   rc   -    -
hotel.service.record          property  rwc  rwc  rwc  rwc  rwc  rwc  r    r    rwcd rwcd r    r

res.partner                   guest     r    rwc  rwc  rwc  rwc  rwc  r    r    rwc  rwcd r    r
hotel.guest.preference        guest     r    rwcd rwcd rwcd rwcd rwcd r    r    rwcd rwcd r    r
hotel.guest.relation          guest     r    rwcd rwcd rwcd rwcd rwcd r    r    rwcd rwcd r    r
hotel.guest.reference         guest     r    r    r    r    r    r    r    r    r    r    r    r
hotel.consent                 guest     r    r    rc   rc   rc   rc   r    r    rc   rc   r    r
hotel.guest.document          guest     -    -    rwc  -    -    -    -    -    rwcd rwcd r    -
hotel.guest.document.scan     guest     -    -    rwc  -    -    -    -    -    rwcd rwcd r    -
hotel.duplicate.pair          guest     -    -    r    -    -    -    -    -    r    r    -    -
hotel.merge                   guest     -    -    r    -    -    -    -    -    r    r    -    -
hotel.privacy.request         guest     -    -    rc   -    -    -    -    -    rwc  rwc  -    -
hotel.privacy.hold            guest     -    -    r    -    -    -    -    -    rwc  rwc  -    -
hotel.guest.metric            company   -    r    r    r    r    r    r    r    r    r    -    -
hotel.guest.metric.month      company   -    r    r    r    r    r    r    r    r    r    -    -
hotel.guest.value             company   -    r    r    r    r    r    r    r    r    r    -    -
hotel.value.model             company   -    -    -    -    -    -    r    r    rwc  rwcd -    -
hotel.value.fit               company   -    -    -    -    -    -    r    r    r    r    -    -

hotel.credit.standard         company   -    -    -    -    -    -    -    rwc  rwc  rwcd -    r
hotel.credit.factor           company   -    -    -    -    -    -    -    rwc  rwc  rwcd -    r
hotel.credit.investigation    company   -    -    -    -    -    -    -    rwc  rwc  rwc  -    r
hotel.credit.grade            company   -    -    -    -    -    -    -    r    r    r    -    r

hotel.prospect                company   -    -    -    -    -    -    r    -    r    r    -    -
hotel.prospect.band           company   -    -    -    -    -    -    r    -    r    r    -    -
hotel.segment                 company   -    -    -    -    -    -    rwcd r    rwcd rwcd -    -
hotel.segment.rule            company   -    -    -    -    -    -    rwcd r    rwcd rwcd -    -
hotel.segment.member          company   -    -    -    -    -    -    rwcd r    rwcd rwcd -    -
hotel.segment.size            company   -    -    -    -    -    -    r    r    r    r    -    -
hotel.figure.day              property  -    -    -    -    -    -    r    r    r    r    -    -
hotel.stay.report             property  -    -    r    -    -    -    r    r    r    r    -    -
hotel.booking.report          property  -    -    r    -    -    -    r    r    r    r    -    -
hotel.mix.report              property  -    -    r    -    -    -    r    r    r    r    -    -
hotel.occupancy.report        property  -    -    r    -    -    -    r    r    r    r    -    -
hotel.pace.report             property  -    -    r    -    -    -    r    r    r    r    -    -
hotel.consumption.report      property  -    r    -    -    -    -    r    r    r    r    -    -
hotel.guest.figure            company   -    -    -    -    -    -    r    r    r    r    -    -
hotel.guest.report            company   -    -    -    -    -    -    r    r    r    r    -    -
hotel.value.report            company   -    -    -    -    -    -    r    r    r    r    -    -
hotel.preference.report       guest     -    -    -    -    -    -    r    -    r    r    -    -

hotel.access.log              company   -    -    -    -    -    -    -    -    r    r    -    -
hotel.event.kind              list      -    -    -    -    -    -    -    -    r    r    -    -
hotel.event.subscription      company   -    -    -    -    -    -    -    -    r    rwcd -    -
hotel.event.delivery          company   -    -    -    -    -    -    -    -    r    r    -    -
hotel.sign.in                 system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.sign.in.rule            system    -    -    -    -    -    -    -    -    -    rwcd -    -
hotel.session                 system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.import.job              own       -    -    -    -    -    -    -    -    rwcd rwcd -    -
hotel.import.place            own       -    -    -    -    -    -    -    -    rwcd rwcd -    -
hotel.import.column           own       -    -    -    -    -    -    -    -    rwcd rwcd -    -
hotel.import.row              own       -    -    -    -    -    -    -    -    r    r    -    -
hotel.import.error            own       -    -    -    -    -    -    -    -    rw   rw   -    -
hotel.import.preset           list      -    -    -    -    -    -    -    -    rwcd rwcd -    -

hotel.consumption.reverse     own       -    rwcd rwcd -    -    -    -    rwcd rwcd rwcd -    -
hotel.day.end.run             own       -    -    rwcd -    -    -    -    -    rwcd rwcd -    -
hotel.guest.block             own       -    -    -    -    -    -    -    -    rwcd rwcd -    rwcd
hotel.folio.payment           own       -    -    rwcd -    -    -    -    rwcd rwcd rwcd -    -
hotel.folio.split             own       -    -    rwcd -    -    -    -    rwcd rwcd rwcd -    -
hotel.folio.correct           own       -    -    rwcd -    -    -    -    rwcd rwcd rwcd -    -
hotel.folio.charge            own       -    -    rwcd -    -    -    -    rwcd rwcd rwcd -    -
hotel.stay.checkout           own       -    -    rwcd -    -    -    -    -    rwcd rwcd -    -
hotel.stay.checkin            own       -    -    rwcd -    -    -    -    -    rwcd rwcd -    -
hotel.stay.checkin.guest      own       -    -    rwcd -    -    -    -    -    rwcd rwcd -    -
hotel.guest.document.scan.show own      -    -    -    -    -    -    -    -    -    -    rwc  -
hotel.guest.document.reveal   own       -    -    -    -    -    -    -    -    -    -    rwc  -
hotel.inventory.set           own       -    -    -    -    -    -    -    -    rwcd rwcd -    -
hotel.reservation.cancel      own       -    -    rwcd -    rwcd rwcd -    -    rwcd rwcd -    -
hotel.stay.change             own       -    -    rwcd -    rwcd rwcd -    -    rwcd rwcd -    -
hotel.segment.overlap         own       -    -    -    -    -    -    rwcd rwcd rwcd rwcd -    -
hotel.credit.propose          own       -    -    -    -    -    -    -    rwcd rwcd rwcd -    -
hotel.credit.review           own       -    -    -    -    -    -    -    -    -    -    -    rwcd
hotel.room.generate           own       -    -    -    -    -    -    -    -    rwcd rwcd -    -

hotel.merge.plan              own       -    -    rwcd -    -    -    -    -    rwcd rwcd -    -
hotel.merge.plan.line         own       -    -    rwcd -    -    -    -    -    rwcd rwcd -    -
hotel.merge.undo              own       -    -    rwcd -    -    -    -    -    rwcd rwcd -    -
hotel.merge.undo.line         own       -    -    rwcd -    -    -    -    -    rwcd rwcd -    -

hotel.api.client              system    -    -    -    -    -    -    -    -    -    rwcd -    -
hotel.api.scope               list      -    -    -    -    -    -    -    -    -    r    -    -
hotel.feed.row                own       -    -    -    -    -    -    -    -    rw   rw   -    -
hotel.feed.error              own       -    -    -    -    -    -    -    -    rwc  rwc  -    -
hotel.feed.figure             own       -    -    -    -    -    -    -    -    r    r    -    -
hotel.feed.report             own       -    -    -    -    -    -    -    -    r    r    -    -
hotel.feed.drop               own       -    -    -    -    -    -    -    -    rwcd rwcd -    -
hotel.feed.mapping            list      -    -    -    -    -    -    -    -    -    rwcd -    -
hotel.feed.mapping.part       list      -    -    -    -    -    -    -    -    -    rwcd -    -
hotel.feed.mapping.field      list      -    -    -    -    -    -    -    -    -    rwcd -    -
hotel.api.answer              system    -    -    -    -    -    -    -    -    -    r    -    -

hotel.sealed.buyer            system    -    -    -    -    -    -    -    r    r    r    -    -
hotel.erased.mark             system    -    -    -    -    -    -    -    -    -    -    -    -
hotel.merge.line              system    -    -    -    -    -    -    -    -    -    -    -    -
hotel.duplicate.search        system    -    -    -    -    -    -    -    -    r    r    -    -
hotel.duplicate.candidate     system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.mining.batch            system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.metric.run              system    -    -    -    -    -    -    -    -    r    rw   -    -
hotel.message.content         system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.backup                  system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.health.check            system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.data.key                system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.identity.use            system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.rate.limit              system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.guest.registration      system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.guest.token             system    -    -    -    -    -    -    -    -    -    -    -    -
hotel.guest.line              system    -    -    -    -    -    -    -    -    -    -    -    -
hotel.guest.metric.queue      system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.figure.queue            system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.figure.night            property  -    -    -    -    -    -    -    -    r    r    -    -
"""
OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}


def read_table(table=TABLE):
    """Return model -> (scope, {role: letters}) of a table like the one above."""
    header, *lines = [line.split() for line in table.splitlines() if line.strip()]
    roles = [COLUMNS[column] for column in header[2:]]
    return {name: (scope, dict(zip(roles, cells, strict=True))) for name, scope, *cells in lines}


def find_rights(env, names, users):
    """Return model -> {role: letters} of what the database grants.

    :param names: of models
    :param dict users: role -> res.users
    """
    return {
        name: {
            role: "".join(
                letter for letter, operation in OPERATIONS.items() if env[name].with_user(user).has_access(operation)
            )
            or "-"
            for role, user in users.items()
        }
        for name in names
    }


def find_own_models(registry, addon):
    """Return the names of the models that an addon defines.

    :rtype: set[str]
    """
    return {name for name, model in registry.items() if model._original_module == addon and not model._abstract}
