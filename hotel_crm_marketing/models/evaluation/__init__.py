from . import utm_campaign_figures
from . import hotel_campaign_evaluation
from . import hotel_campaign_evaluation_satisfaction
from . import hotel_campaign_evaluation_report
from . import utm_campaign_evaluate
