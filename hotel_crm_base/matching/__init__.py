from . import fellegi
from . import compare
from . import blocks
from . import duplicates
