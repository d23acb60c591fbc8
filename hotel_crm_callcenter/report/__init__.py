from . import hotel_call_report
