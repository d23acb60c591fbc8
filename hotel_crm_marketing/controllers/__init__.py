from . import activity
from . import care
from . import sms_report
