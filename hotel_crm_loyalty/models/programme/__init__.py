from . import loyalty_program
from . import hotel_loyalty_revision
from . import hotel_loyalty_tier
from . import hotel_property
