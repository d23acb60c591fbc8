from . import test_judging
from . import test_learning
from . import test_leaning
from . import test_case_sorting
