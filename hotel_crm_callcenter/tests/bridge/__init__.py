from . import test_bridge, test_bridge_webhook
