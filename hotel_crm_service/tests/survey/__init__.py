from . import test_answers
from . import test_sending
from . import test_satisfaction
