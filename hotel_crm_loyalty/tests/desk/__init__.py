from . import test_adjustments
from . import test_claims
from . import test_rewards
from . import test_benefits
from . import test_member_page
from . import test_desk_at_once
