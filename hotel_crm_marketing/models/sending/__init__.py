from . import hotel_campaign_member
from . import utm_campaign_send
from . import utm_campaign_stop
from . import utm_campaign_explain
from . import utm_campaign_mailing
from . import hotel_message
from . import res_partner
from . import mailing_mailing
