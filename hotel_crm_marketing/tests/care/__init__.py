from . import test_care_days
from . import test_care_greeting
from . import test_care_crash
from . import test_care_pages
from . import test_care_members
