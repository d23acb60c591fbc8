from . import test_contact
from . import test_vault
from . import test_birthday
from . import test_consent
from . import test_front_desk
from . import test_front_desk_twice
from . import test_lookup
from . import test_guest_page
