from . import import_file
from . import booking
from . import booking_form
from . import booking_own
from . import booking_own_change
from . import booking_payment
from . import booking_folio
from . import booking_find
