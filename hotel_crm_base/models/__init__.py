from . import property  # pylint: disable=redefined-builtin
from . import guest
from . import booking
from . import consumption
from . import insight
from . import border
from . import operation
