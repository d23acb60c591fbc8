from . import test_daily_figures
from . import test_dashboard
from . import test_guest_figures
from . import test_guest_metrics
from . import test_lifetime
from . import test_metric_concurrency
from . import test_reports
from . import test_booking_figures
