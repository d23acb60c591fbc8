from . import hotel_amend_type
from . import hotel_amend_limit
from . import hotel_department_budget
from . import hotel_amend
from . import hotel_amend_decide
from . import hotel_amend_carry_out
from . import hotel_case_amend
from . import hotel_case_report
