from . import hotel_call_report, hotel_call_scorecard
