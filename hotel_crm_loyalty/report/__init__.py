from . import hotel_loyalty_move_report
from . import hotel_loyalty_member_report
from . import hotel_loyalty_liability_report
