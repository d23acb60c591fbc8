from . import hotel_call_campaign
