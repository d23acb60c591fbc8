from . import hotel_consumption
from . import hotel_service_kind
from . import hotel_service_record
