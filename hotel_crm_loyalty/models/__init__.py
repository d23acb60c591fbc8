from . import programme
from . import ledger
from . import coupon
from . import desk
from . import portal
from . import books
