from . import test_security
from . import campaign
from . import care
