from . import bridge
from . import (
    test_call_control,
    test_call_desk,
    test_call_security,
    test_contract,
    test_contract_at_once,
    test_contract_key,
    test_follow_up_calls,
    test_jobs,
    test_lifecycle,
    test_menu_calls,
    test_voice_engine,
    test_voice_flows,
)
