"""Why a call has failed: the causes of Q.850, and what a call means by them.

>>> get_reason(17), get_reason(0), get_reason(0, timed_out=True), get_reason(127, sip=603)
('busy', 'failed', 'no_answer', 'rejected')
"""

CAUSES = {
    1: "bad_number", 3: "unreachable", 16: "normal", 17: "busy", 18: "no_answer", 19: "no_answer", 20: "unreachable",
    21: "rejected", 22: "bad_number", 27: "unreachable", 28: "bad_number", 34: "congestion", 38: "congestion",
    41: "congestion", 42: "congestion", 44: "congestion", 58: "congestion",
}  # fmt: skip
SIP = {
    404: "bad_number", 408: "no_answer", 410: "bad_number", 480: "no_answer", 484: "bad_number", 486: "busy",
    487: "no_answer", 500: "congestion", 503: "congestion", 600: "busy", 603: "rejected", 604: "bad_number",
}  # fmt: skip


def get_reason(cause: int, sip: int = 0, timed_out: bool = False) -> str:
    """Return a reason of the contract.

    :param int cause: of the hangup, Q.850
    :param int sip: final answer, where Asterisk tells it
    :param bool timed_out: it has rung as long as we wanted
    """
    if timed_out and cause in (0, 16, 19):
        return "no_answer"
    return CAUSES.get(cause) or SIP.get(sip) or "failed"
