from . import case
from . import test_security
