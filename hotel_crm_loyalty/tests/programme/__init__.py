from . import test_editor_schema
from . import test_revisions
from . import test_rerun
from . import test_load
from . import test_what_if
from . import test_milestones
