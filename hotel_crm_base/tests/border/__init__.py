from . import test_bulk_equals_orm
from . import test_import_guests
from . import test_import_stays
from . import test_import_consumption
from . import test_import_mending
from . import test_import_security
from . import test_import_crash
from . import test_access_log
