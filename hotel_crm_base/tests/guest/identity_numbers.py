"""Numbers of documents that look right and belong to nobody."""

from stdnum.cn import ric


def make_cn_id(order=1, born="19910101", place="360426"):
    """Return an 18-digit number with a right check digit; odd orders are male."""
    body = f"{place}{born}{order:03d}"
    return body + ric.calc_check_digit(body + "0")


WANG = make_cn_id(7)  # male, 1991-01-01
LI = make_cn_id(8, born="19880229")  # female, leap day
