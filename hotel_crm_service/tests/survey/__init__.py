from . import test_answers
from . import test_sending
from . import test_sending_at_once
from . import test_satisfaction
from . import test_report
from . import test_improvement
from . import test_screens
