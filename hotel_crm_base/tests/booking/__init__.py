from . import test_stay_transition
