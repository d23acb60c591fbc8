from . import care
from . import campaign
