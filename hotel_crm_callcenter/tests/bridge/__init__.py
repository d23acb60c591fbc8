from . import test_bridge, test_bridge_talk, test_bridge_webhook
