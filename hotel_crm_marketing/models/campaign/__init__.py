from . import utm_campaign
from . import utm_campaign_state
from . import utm_campaign_page
from . import hotel_campaign_signup
from . import res_partner
from . import hotel_api
from . import hotel_api_reading
