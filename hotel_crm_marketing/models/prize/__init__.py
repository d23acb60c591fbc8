from . import hotel_prize
from . import hotel_prize_win
from . import hotel_campaign_signup
from . import utm_campaign_draw
