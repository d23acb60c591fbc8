from . import activity
from . import care
