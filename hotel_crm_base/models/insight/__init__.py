from . import hotel_change_queue
from . import res_currency
from . import hotel_guest_metric
from . import hotel_figure_day
from . import hotel_metric_run
from . import hotel_stay
from . import hotel_consumption
from . import partner_merge
