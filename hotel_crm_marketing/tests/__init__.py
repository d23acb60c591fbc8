from . import test_security
from . import care
