from . import hotel_guest_document_reveal
from . import hotel_guest_block
from . import hotel_consumption_reverse
from . import hotel_room_generate
