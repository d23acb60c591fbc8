from . import answers
from . import dispatcher
from . import v1
from . import page
