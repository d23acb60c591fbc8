from . import hotel_stay
from . import hotel_stay_night
from . import hotel_stay_transition
from . import hotel_stay_today
from . import hotel_stay_recency
from . import hotel_front_desk
