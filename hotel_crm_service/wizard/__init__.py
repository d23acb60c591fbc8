from . import hotel_amend_refusal
from . import hotel_case_answer
from . import hotel_case_merge
