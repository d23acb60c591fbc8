from . import hotel_guest_metric
