from . import test_concurrency
from . import test_foundation
from . import guest
from . import booking
from . import insight
from . import border
