from . import test_case
from . import test_own_cases
from . import test_room_page
