from . import hotel_stay
from . import hotel_stay_night
from . import hotel_stay_transition
