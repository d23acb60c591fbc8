from . import hotel_case_category
from . import hotel_department
from . import hotel_case
from . import hotel_case_label
from . import hotel_case_state
from . import hotel_case_classify
from . import hotel_case_route
from . import hotel_case_clock
