from . import case_own
from . import case_room
from . import survey
