from . import test_bulk_equals_orm
