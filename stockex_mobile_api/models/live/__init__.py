from . import event, ir_websocket, live_ending, live_relay, live_subscription
