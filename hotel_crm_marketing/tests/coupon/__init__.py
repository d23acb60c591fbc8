from . import test_coupon_conditions
from . import test_coupon_rush
from . import test_coupon_rush_web
