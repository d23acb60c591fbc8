from . import utm_campaign_figures
from . import hotel_campaign_evaluation
from . import utm_campaign_evaluate
