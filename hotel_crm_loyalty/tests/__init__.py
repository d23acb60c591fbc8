from . import ledger
from . import rules
