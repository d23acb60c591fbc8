from . import test_guest_figures
