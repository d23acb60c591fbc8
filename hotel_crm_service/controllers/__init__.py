from . import case_own
from . import case_room
from . import survey
from . import survey_taking
