from . import test_contact
from . import test_vault
from . import test_birthday
from . import test_consent
