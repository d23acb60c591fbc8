from . import test_uplift
from . import test_evaluation
