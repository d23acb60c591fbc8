from . import test_stay_transition
from . import test_assignment
from . import test_stay_assignment
from . import test_folio
from . import test_booking
from . import test_quote
