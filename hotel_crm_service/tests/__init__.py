from . import amend
from . import case
from . import follow
from . import classify
from . import survey
from . import test_security
