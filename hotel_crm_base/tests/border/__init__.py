from . import test_bulk_equals_orm
from . import test_access_log
