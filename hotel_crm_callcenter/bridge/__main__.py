"""Runs the bridge: ``python hotel_crm_callcenter/bridge bridge.conf``."""

import os
import sys

if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    from bridge.main import main

    sys.exit(main(sys.argv[1:]))
