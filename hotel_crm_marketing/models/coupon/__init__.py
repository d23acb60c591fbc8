from . import loyalty_program
from . import loyalty_program_codes
