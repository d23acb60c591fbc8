from . import hotel_code
from . import hotel_property
from . import hotel_building
from . import hotel_room_type
from . import hotel_room
from . import hotel_outlet
from . import res_users
