from . import hotel_follow_up
from . import hotel_case_rating
from . import res_partner_follow
