from . import hotel_stay_report
from . import hotel_booking_report
from . import hotel_consumption_report
from . import hotel_guest_report
from . import hotel_value_report
from . import hotel_preference_report
from . import hotel_occupancy_report
from . import hotel_pace_report
