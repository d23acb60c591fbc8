from . import hotel_care_why
from . import hotel_coupon_make
from . import hotel_coupon_plan
