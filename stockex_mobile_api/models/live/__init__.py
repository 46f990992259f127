from . import event, ir_websocket, live_relay, live_subscription
