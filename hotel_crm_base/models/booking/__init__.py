from . import hotel_stay
from . import hotel_stay_night
