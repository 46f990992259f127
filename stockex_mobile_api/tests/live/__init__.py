from . import test_live_relay, test_live_subscription
