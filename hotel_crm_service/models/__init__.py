from . import case
from . import classify
from . import amend
from . import follow
from . import survey
