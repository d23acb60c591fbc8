from . import test_prize_draw
from . import test_draw_at_once
