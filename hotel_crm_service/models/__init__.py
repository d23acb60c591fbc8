from . import case
from . import classify
