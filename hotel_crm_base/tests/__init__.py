from . import test_foundation
from . import guest
