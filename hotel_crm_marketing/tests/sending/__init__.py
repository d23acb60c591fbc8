from . import test_sending
from . import test_stop
from . import test_mailings_by_hand
from . import test_why_nothing
