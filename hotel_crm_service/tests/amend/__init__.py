from . import test_amends
from . import test_amends_at_once
from . import test_case_report
