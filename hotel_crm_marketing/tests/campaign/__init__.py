from . import test_campaign_plan
from . import test_campaign_pages
from . import test_campaign_places
