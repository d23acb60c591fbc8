from . import test_security
from . import campaign
from . import care
from . import coupon
from . import prize
from . import sending
from . import evaluation
from . import sms
