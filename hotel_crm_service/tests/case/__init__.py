from . import test_answers
from . import test_case
from . import test_clock
from . import test_deadlines
from . import test_guest_hooks
from . import test_own_cases
from . import test_performance
from . import test_room_page
