from . import test_evaluation
from . import test_merge
from . import test_orders
