from . import hotel_care_rule
from . import hotel_care_rule_select
from . import hotel_care_rule_greet
from . import hotel_care_rule_explain
from . import hotel_care_greeting
from . import hotel_message
from . import res_partner
from . import res_partner_unsubscribe
