from . import test_call_security, test_contract, test_contract_at_once, test_jobs, test_lifecycle
