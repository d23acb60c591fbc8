from . import care
from . import campaign
from . import coupon
from . import prize
from . import sending
from . import evaluation
from . import sms
