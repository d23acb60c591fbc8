from . import hotel_access_log
from . import hotel_guest_reference
from . import hotel_bulk_mixin
from . import hotel_bulk_guest
from . import hotel_bulk_stay
from . import hotel_bulk_consumption
from . import hotel_bulk_loader
