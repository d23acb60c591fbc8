from . import res_company
from . import res_config_settings
from . import hotel_message
from . import sms_sms
