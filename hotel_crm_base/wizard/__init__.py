from . import hotel_guest_document_reveal
from . import hotel_guest_block
from . import hotel_consumption_reverse
from . import hotel_room_generate
from . import hotel_day_end_run
from . import hotel_inventory_set
from . import hotel_reservation_cancel
from . import hotel_stay_change
