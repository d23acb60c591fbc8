from . import test_coupon_on_booking
