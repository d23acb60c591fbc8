from . import hotel_preference
from . import hotel_vip_code
from . import hotel_guest_relation
from . import hotel_consent
from . import res_partner
from . import res_partner_block
from . import res_partner_hooks
