from . import coupon
