from . import fitting
from . import bgnbd
from . import gamma_gamma
from . import valuation
