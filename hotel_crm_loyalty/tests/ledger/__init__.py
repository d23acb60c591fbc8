from . import test_at_once
from . import test_evaluation
from . import test_merge
from . import test_orders
from . import test_queries
from . import test_random
from . import test_worked_cases
