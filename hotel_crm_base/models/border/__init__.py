from . import hotel_access_log
