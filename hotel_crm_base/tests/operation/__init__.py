from . import test_health
from . import test_health_integrity
from . import test_health_page
from . import test_backup_list
from . import test_neutralize
from . import test_migrations
