from . import club
from . import coupon
from . import member
from . import member_claim
from . import member_milestone
from . import member_reward
from . import member_transfer
from . import spending
